package write_test

import (
	"context"
	"os"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/schema"
	"github.com/i-partnerschap/kennisgraaf/write"
)

// TestMain is the child that TestKilled starts, where it is told so.
func TestMain(m *testing.M) {
	if address := os.Getenv(childStore); address != "" {
		writeForever(address, os.Getenv(childName))
		return
	}
	os.Exit(m.Run())
}

func model() *graph.Model {
	m, err := schema.Model()
	if err != nil {
		panic(err)
	}
	return m
}

// open opens the store at an address: a URI of Neo4j, or a path.
func open(ctx context.Context, address string) (graph.Store, error) {
	if len(address) > 4 && address[:4] == "bolt" {
		return neo4j.Open(ctx, neo4j.Options{URI: address}, model())
	}
	return sqlite.Open(ctx, address, model(), sqlite.Options{})
}

// onBoth runs a test on an empty store of each kind.
func onBoth(t *testing.T, test func(t *testing.T, address string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, t.TempDir()+"/test.db") })
	t.Run("neo4j", func(t *testing.T) {
		db := servertest.Use(t)
		db.WipeData(t, "__Schema")
		test(t, db.URI())
	})
}

func started(t *testing.T, address string) graph.Store {
	t.Helper()
	s, err := open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// lab is a Writer on a store with something in it.
type lab struct {
	*testing.T
	store graph.Store
	w     *write.Writer
}

func newLab(t *testing.T, address string) *lab {
	s := started(t, address)
	l := &lab{T: t, store: s, w: write.New(model(), s)}
	l.do(
		write.Create("Institution", write.Input{"id": "hs", "name": "HS", "kind": "HOGESCHOOL", "ror": "https://ror.org/02mhbdp94"}),
		write.Create("Institution", write.Input{"id": "uni", "name": "Uni", "kind": "UNIVERSITY"}),
		write.Create("Theme", write.Input{"id": "cyber", "prefLabelNl": "Cyber"}),
		write.Create("Lectoraat", write.Input{"id": "lab", "name": "Lab"}),
	)
	return l
}

// do writes and expects success.
func (l *lab) do(ops ...write.Op) []write.Result {
	l.Helper()
	r, err := l.w.Do(l.Context(), false, ops...)
	if err != nil {
		l.Fatalf("%v", err)
	}
	return r
}

// links returns where the relations of a type from a node lead, with their properties.
func (l *lab) links(id, typ string) map[string]map[string]any {
	l.Helper()
	names := model().Names()
	res, err := l.store.Read(l.Context(), graph.Query{Root: &graph.Selection{
		Labels: names, Where: graph.Compare{Prop: "id", Kind: graph.String, Op: graph.Eq, Value: id}, Page: graph.Page{Limit: 1},
		Links: []graph.Link{{Key: "far", Hop: graph.Hop{Type: typ, Labels: names}, Selection: &graph.Selection{
			Labels: names, EdgeProps: []string{"since", "until", "position"}, Page: graph.Page{Limit: graph.All},
		}}},
	}})
	if err != nil {
		l.Fatal(err)
	}
	found := map[string]map[string]any{}
	for _, row := range res.Rows {
		for _, far := range row.Node.Links["far"].Rows {
			found[far.Node.ID] = far.Edge
		}
	}
	return found
}

// props returns the named properties of a node, nil where it is not there.
func (l *lab) props(id string, names ...string) map[string]any {
	l.Helper()
	res, err := l.store.Read(l.Context(), graph.Query{Root: &graph.Selection{
		Labels: model().Names(), Props: names, Where: graph.Compare{Prop: "id", Kind: graph.String, Op: graph.Eq, Value: id}, Page: graph.Page{Limit: 1},
	}})
	if err != nil {
		l.Fatal(err)
	}
	if len(res.Rows) == 0 {
		return nil
	}
	return res.Rows[0].Node.Props
}

func link(ids ...string) write.Input {
	var list []any
	for _, id := range ids {
		list = append(list, write.Input{"id": id})
	}
	return write.Input{"connect": list}
}
