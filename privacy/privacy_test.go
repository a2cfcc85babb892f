package privacy_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/privacy"
	"github.com/i-partnerschap/kennisgraaf/schema"
	"github.com/i-partnerschap/kennisgraaf/write"
)

// lab is an empty store with what tests do to it.
type lab struct {
	*testing.T
	store graph.Store
	model *graph.Model
	w     *write.Writer
}

func onBoth(t *testing.T, test func(l *lab)) {
	model, err := schema.Model()
	if err != nil {
		t.Fatal(err)
	}
	run := func(t *testing.T, store graph.Store, err error) {
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := store.Close(); err != nil {
				t.Error(err)
			}
		})
		test(&lab{t, store, model, write.New(model, store)})
	}
	t.Run("sqlite", func(t *testing.T) {
		s, err := sqlite.Open(t.Context(), t.TempDir()+"/p.db", model, sqlite.Options{})
		run(t, s, err)
	})
	t.Run("neo4j", func(t *testing.T) {
		db := servertest.Use(t)
		db.WipeData(t, "__Schema")
		s, err := neo4j.Open(t.Context(), neo4j.Options{URI: db.URI()}, model)
		run(t, s, err)
	})
}

// do writes as somebody.
func (l *lab) do(actor string, ops ...write.Op) {
	l.Helper()
	if _, err := l.w.Do(write.WithActor(l.Context(), actor), false, ops...); err != nil {
		l.Fatal(err)
	}
}

func (l *lab) apply(changes ...graph.Change) {
	l.Helper()
	if _, err := l.store.Apply(l.Context(), "tester", changes); err != nil {
		l.Fatal(err)
	}
}

func (l *lab) find(id string) *privacy.Record {
	l.Helper()
	r, err := privacy.Find(l.Context(), l.store, l.model, id)
	if err != nil {
		l.Fatal(err)
	}
	return r
}

func (l *lab) refused(code graph.Code, words string, id string) {
	l.Helper()
	if _, err := privacy.Find(l.Context(), l.store, l.model, id); err == nil || graph.CodeOf(err) != code || !strings.Contains(err.Error(), words) {
		l.Errorf("%q: %v, want %s with %q", id, err, code, words)
	}
}

func (l *lab) same(what string, want, got any) {
	l.Helper()
	if d := cmp.Diff(want, got); d != "" {
		l.Errorf("%s (-want +got)\n%s", what, d)
	}
}

func (l *lab) document(r *privacy.Record) string {
	l.Helper()
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		l.Fatal(err)
	}
	return b.String()
}

// filled has a person, Anna, in whom another was merged, with relations in both directions.
func filled(l *lab) {
	link := func(id string, props write.Input) write.Input {
		in := write.Input{"id": id}
		for name, v := range props {
			in[name] = v
		}
		return write.Input{"connect": []any{in}}
	}
	l.do("editor",
		write.Create("Institution", write.Input{"id": "hs", "name": "Hogeschool", "kind": "HOGESCHOOL"}),
		write.Create("Body", write.Input{"id": "raad", "name": "Raad", "kind": "RAAD"}),
		write.Create("Person", write.Input{"id": "anna", "name": "Anna de Zonneveld", "email": "anna@zonneveld.example", "phone": "06-12345678",
			"affiliations": link("hs", write.Input{"position": "lector", "since": "2020-01-01"}), "bodies": link("raad", write.Input{"role": "voorzitter"})}),
		write.Create("Person", write.Input{"id": "oud", "name": "A. Bloemhof", "orcid": "0000-0002-1825-0097"}),
		write.Create("Publication", write.Input{"id": "pub", "title": "Over water", "authors": link("oud", nil)}),
	)
	l.do("editor", write.Merge("anna", "oud"))
	l.do("anna", write.Update("Institution", "hs", write.Input{"city": "Zwolle"}, ""), write.Update("Person", "anna", write.Input{"phone": nil}, ""))
}

// All that is held about a person is in the record: properties, relations of both directions
// with the name at the other end, and the log of the person and of who was merged.
func TestRecord(t *testing.T) {
	onBoth(t, func(l *lab) {
		filled(l)
		r := l.find("anna")
		l.same("who", []string{"Person", "Anna de Zonneveld", "anna@zonneveld.example", "0000-0002-1825-0097"},
			[]string{r.Type, r.Name, fmt.Sprint(r.Props["email"]), fmt.Sprint(r.Props["orcid"])})
		l.same("merged", []string{"oud"}, r.Merged)
		l.same("relations", []privacy.Relation{
			{Type: "AFFILIATED_WITH", Out: true, ID: "hs", Label: "Institution", Name: "Hogeschool", Props: map[string]any{"position": "lector", "since": "2020-01-01"}},
			{Type: "AUTHORED_BY", ID: "pub", Label: "Publication", Name: "Over water", Props: map[string]any{}},
			{Type: "MEMBER_OF", Out: true, ID: "raad", Label: "Body", Name: "Raad", Props: map[string]any{"role": "voorzitter"}},
		}, r.Relations)
		var told []string
		for _, e := range r.Log {
			told = append(told, strings.Join([]string{string(e.Op), e.Label + e.Type, e.ID + e.From, e.To, e.Actor}, " "))
		}
		slices.Sort(told)
		l.same("log", []string{
			"CONNECT AFFILIATED_WITH anna hs editor", "CONNECT AUTHORED_BY pub anna editor", "CONNECT AUTHORED_BY pub oud editor", "CONNECT MEMBER_OF anna raad editor",
			"CREATE Person anna  editor", "CREATE Person oud  editor", "DELETE Person oud  editor", "DISCONNECT AUTHORED_BY pub oud editor",
			"UPDATE Person anna  anna", "UPDATE Person anna  editor",
		}, told)
		l.same("wrote", []string{"hs"}, []string{r.Wrote[0].ID})
	})
}

// The document is readable, has everything, and is the same each time.
func TestDocument(t *testing.T) {
	onBoth(t, func(l *lab) {
		filled(l)
		text := l.document(l.find("anna"))
		l.same("again", text, l.document(l.find("anna")))
		for _, want := range []string{
			`"phone": "06-12345678"`, `"orcid": "0000-0002-1825-0097"`, `"name": "A. Bloemhof"`, `"direction": "IN"`, `"name": "Over water"`, `"position": "lector"`,
			"\"mergedIds\": [\n    \"oud\"\n  ]", `"actor": "editor"`,
		} {
			if !strings.Contains(text, want) {
				l.Errorf("%s is missing in\n%s", want, text)
			}
		}
		var d struct {
			Properties map[string]any
			Wrote      []map[string]any
		}
		if err := json.Unmarshal([]byte(text), &d); err != nil || d.Properties["email"] != "anna@zonneveld.example" || len(d.Wrote) != 1 {
			l.Errorf("%v %v", err, d)
		}
		if strings.Contains(text, "Zwolle") {
			l.Error("it tells what others are like")
		}
	})
}

// One who was deleted is still told of by the log; who was merged is part of another, and
// nobody knows who never was.
func TestGoneAndMerged(t *testing.T) {
	onBoth(t, func(l *lab) {
		filled(l)
		l.refused(graph.BadUserInput, `"oud" was merged into "anna"`, "oud")
		l.refused(graph.NotFound, `"nobody"`, "nobody")
		l.refused(graph.NotFound, `""`, "")
		l.apply(graph.Change{Op: graph.DeleteNode, Label: "Person", ID: "anna", Cascade: true})
		r := l.find("anna")
		l.same("gone", []any{"Person", "Anna de Zonneveld", true, []string{"oud"}, 0}, []any{r.Type, r.Name, r.Props == nil, r.Merged, len(r.Relations)})
		if text := l.document(r); !strings.Contains(text, `"deleted": true`) || !strings.Contains(text, "06-12345678") {
			l.Error(text)
		}
		l.refused(graph.BadUserInput, `"oud" was merged into "anna"`, "oud")
	})
}

// What another node with a merged id is told of by now is not about the person, and stays.
func TestAMergedIDThatIsInUse(t *testing.T) {
	onBoth(t, func(l *lab) {
		filled(l)
		l.do("oud", write.Create("Person", write.Input{"id": "oud", "name": "Iemand Anders"}), write.Update("Body", "raad", write.Input{"name": "Raad B"}, ""))
		r := l.find("anna")
		for _, e := range slices.Concat(r.Log, r.Wrote) {
			if e.After["name"] == "Iemand Anders" || e.Actor == "oud" {
				l.Errorf("%v is not about the person", e)
			}
		}
		if _, err := r.Erase(l.Context(), l.store, "eraser"); err != nil {
			l.Fatal(err)
		}
		other := l.find("oud")
		l.same("the other", []any{"Iemand Anders", 1, 1}, []any{other.Name, len(other.Log), len(other.Wrote)})
		l.refused(graph.NotFound, `"anna"`, "anna")
	})
}

// An erased person is nowhere in the graph or the log; a record made before a change is not
// erased by, and what has no personal properties cannot be.
func TestErase(t *testing.T) {
	onBoth(t, func(l *lab) {
		filled(l)
		r := l.find("anna")
		l.do("editor", write.Update("Person", "anna", write.Input{"phone": "06-87654321"}, ""))
		if _, err := r.Erase(l.Context(), l.store, "eraser"); graph.CodeOf(err) != graph.Conflict {
			l.Errorf("changed since: %v", err)
		}
		receipt, err := l.find("anna").Erase(l.Context(), l.store, "eraser")
		if err != nil {
			l.Fatal(err)
		}
		pseudonym := receipt.Entries[len(receipt.Entries)-1].ID
		log, err := l.store.Log(l.Context(), graph.LogQuery{Limit: graph.All})
		if err != nil {
			l.Fatal(err)
		}
		written := fmt.Sprint(log)
		for _, trace := range []string{"anna", "Anna", "Zonneveld", "zonneveld", "oud", "Bloemhof", "1825", "06-", "lector", "voorzitter"} {
			if strings.Contains(written, trace) {
				l.Errorf("the log still has %q", trace)
			}
		}
		if !strings.Contains(written, "Zwolle") || !strings.HasPrefix(pseudonym, "erased-") {
			l.Errorf("%s", written)
		}
		l.refused(graph.NotFound, `"anna"`, "anna")
		l.refused(graph.NotFound, `"oud"`, "oud")
		err = l.find("hs").Erasable(l.model)
		if graph.CodeOf(err) != graph.BadUserInput || !strings.Contains(err.Error(), "(Person)") {
			l.Errorf("an institution: %v", err)
		}
		if err := l.find(pseudonym).Erasable(l.model); err != nil {
			l.Errorf("the pseudonym is that of a person: %v", err)
		}
	})
}

// Texts of others that name the person are found, in the graph and in the log, and told from
// those that may mean somebody else and from those that only look alike.
func TestMentions(t *testing.T) {
	onBoth(t, func(l *lab) {
		filled(l)
		l.do("editor",
			write.Create("Publication", write.Input{"id": "by", "title": "Water", "abstract": "Met dank aan ZONNEVELD, Ánna de."}),
			write.Create("Project", write.Input{"status": "LOPEND", "id": "mail", "title": "Mail", "note": "Vraag het anna@zonneveld.example!"}),
			write.Create("Project", write.Input{"status": "LOPEND", "id": "merged", "title": "Bloemhof (A.) vertelt"}),
			write.Create("Project", write.Input{"status": "LOPEND", "id": "zonneveld-2020", "title": "Iets"}),
			write.Create("Project", write.Input{"status": "LOPEND", "id": "apart", "title": "De Zonneveldseweg en annalen; xanna@zonneveld.example.org"}),
			write.Create("Person", write.Input{"id": "piet", "name": "Piet", "bodies": write.Input{"connect": []any{write.Input{"id": "raad", "onBehalfOf": "Anna de Zonneveld"}}}}),
			write.Create("Project", write.Input{"status": "LOPEND", "id": "was", "title": "Van Anna de Zonneveld"}),
		)
		l.do("anna@zonneveld.example", write.Update("Project", "was", write.Input{"title": "Anders"}, ""))
		l.apply(graph.Change{Op: graph.CreateNode, Label: "SavedSearch", ID: "search", Props: map[string]any{"name": "x", "where": `{"person":{"id":{"eq":"anna"}}}`}})
		counted := int64(0)
		found, err := l.find("anna").Mentions(l.Context(), l.store, l.model, func(n int64) { counted += n })
		if err != nil {
			l.Fatal(err)
		}
		var got []string
		for _, m := range found {
			line := strings.Join([]string{m.Type, m.ID + m.From, m.To, strings.Join(m.Properties, ",")}, " ")
			if m.Past {
				line += " past"
			}
			if m.Perhaps {
				line += " perhaps"
			}
			got = append(got, line)
		}
		l.same("found", []string{
			"MEMBER_OF piet raad onBehalfOf", "Project mail  note", "Project merged  title", "Publication by  abstract", "SavedSearch search  where",
			"MEMBER_OF piet raad onBehalfOf past", "Project mail  note past", "Project merged  title past", "Project was  title past", "Publication by  abstract past",
			"SavedSearch search  where past", "actor anna@zonneveld.example  id past",
			"Project zonneveld-2020  id perhaps",
		}, got)
		if counted < 20 {
			l.Errorf("%d read", counted)
		}
	})
}
