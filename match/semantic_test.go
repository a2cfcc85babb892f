package match_test

import (
	"context"
	"encoding/json"
	"hash/fnv"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/dataset/demotest"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/match"
	"github.com/i-partnerschap/kennisgraaf/match/embed"
)

// ngrams is a small but real embedding: a text is the counts of its sequences of four
// letters, hashed into a vector (Bojanowski et al. 2017, without the training). Texts with
// the same parts of words lie close together.
func ngrams(text string) []float32 {
	const dimensions, size = 256, 4
	out := make([]float32, dimensions)
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		letters := []rune("<" + word + ">")
		for i := 0; i+size <= len(letters); i++ {
			h := fnv.New32a()
			h.Write([]byte(string(letters[i : i+size])))
			out[h.Sum32()%dimensions]++
		}
	}
	return out
}

// endpoint serves ngrams in the manner of /v1/embeddings; it is down where down is set.
type endpoint struct {
	*httptest.Server
	down  atomic.Bool
	texts atomic.Int64
}

func serveNgrams(t *testing.T) *endpoint {
	t.Helper()
	e := &endpoint{}
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var in struct {
			Model string
			Input []string
		}
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || r.URL.Path != "/v1/embeddings" || e.down.Load() {
			http.Error(w, "not now", http.StatusBadRequest)
			return
		}
		var out struct {
			Data []map[string]any `json:"data"`
		}
		for i, text := range in.Input {
			out.Data = append(out.Data, map[string]any{"index": i, "embedding": ngrams(text)})
		}
		e.texts.Add(int64(len(in.Input)))
		_ = json.NewEncoder(w).Encode(out)
	}))
	t.Cleanup(e.Close)
	return e
}

func semanticDemo(t *testing.T) (*match.Matcher, graph.Store, *endpoint) {
	t.Helper()
	store, _ := demotest.Open(t, sqlite.Options{})
	e := serveNgrams(t)
	return withNgrams(t, store, e), store, e
}

func withNgrams(t *testing.T, store graph.Store, e *endpoint) *match.Matcher {
	t.Helper()
	client, err := embed.New(embed.Options{URL: e.URL, Model: "ngrams"})
	if err != nil {
		t.Fatal(err)
	}
	keeper, ok := store.(graph.VectorStore)
	if !ok {
		t.Fatal("the store keeps no vectors")
	}
	return match.New(store).WithEmbedder(client, store, keeper)
}

func semanticOf(m *match.Match) *match.Score {
	for i, f := range m.Factors {
		if f.Factor == match.Semantic {
			return &m.Factors[i]
		}
	}
	return nil
}

// With an Embedder there is one more factor, with evidence; scores still recompute, and
// are the same from both sides.
func TestMeaningIsOneMoreFactor(t *testing.T) {
	m, _, e := semanticDemo(t)
	ctx := context.Background()
	n, err := m.Embed(ctx)
	if err != nil || n < 100 {
		t.Fatal(n, err)
	}
	// Misspelt: words find nothing, parts of words do.
	a, err := m.Match(ctx, match.Request{Text: "gijzelsoftwaar ransomwarre herstellenn", Supply: []match.Supply{match.Lector}, Today: today, First: 20})
	if err != nil || len(a.Understood.Notes) > 0 {
		t.Fatal(err, a.Understood.Notes)
	}
	found := false
	for _, one := range a.Matches {
		recompute(t, one)
		f := semanticOf(one)
		if f == nil || f.Weight == 0 {
			t.Fatalf("%s has no semantic factor", one.ID)
		}
		found = found || f.Value > 0 && one.Home.Lectoraat == "demo-l-gijzeling-en-herstel"
	}
	if !found {
		t.Error("parts of words did not find the lectoraat on ransomware among the first 20")
	}
	const candidate = "demo-p-thijs-beukenstroom"
	fits, err := m.Fits(ctx, match.FitsRequest{Candidate: candidate, Today: today, First: 10})
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range fits.Matches {
		recompute(t, pair)
		b, err := m.Match(ctx, match.Request{Vraagstuk: pair.Vraagstuk, Supply: []match.Supply{match.Lector}, Today: today})
		if err != nil {
			t.Fatal(err)
		}
		i := slices.Index(b.Ranking, candidate)
		if i < 0 || math.Abs(b.Matches[i].Score-pair.Score) > 1e-9 || semanticOf(pair) == nil {
			t.Errorf("%s: %g from the candidate, not so from the question", pair.Vraagstuk, pair.Score)
		}
	}
	asked := e.texts.Load()
	if again, err := m.Embed(ctx); err != nil || again != 0 || e.texts.Load() != asked {
		t.Errorf("%d texts were embedded again, %v", again, err)
	}
}

// Vectors are kept, and follow what is written.
func TestVectorsFollowTheTexts(t *testing.T) {
	m, store, e := semanticDemo(t)
	ctx := context.Background()
	if _, err := m.Embed(ctx); err != nil {
		t.Fatal(err)
	}
	if n, err := withNgrams(t, store, e).Embed(ctx); err != nil || n != 0 {
		t.Errorf("another Matcher embedded %d texts that have vectors, %v", n, err)
	}
	publication := func(op graph.ChangeOp, abstract string) graph.Change {
		c := graph.Change{Op: op, Label: "Publication", ID: "x", Cascade: op == graph.DeleteNode}
		if op != graph.DeleteNode {
			c.Props = map[string]any{"title": "Zeemeerminnen", "abstract": abstract}
		}
		return c
	}
	for _, step := range []struct {
		c    graph.Change
		want int
	}{
		{publication(graph.CreateNode, "Over sonar."), 1}, {publication(graph.UpdateNode, "Over iets anders."), 1},
		{graph.Change{Op: graph.UpdateNode, Label: "Publication", ID: "x", Props: map[string]any{"publishedOn": "2024-01-01"}}, 0},
		{publication(graph.DeleteNode, ""), 0},
	} {
		if _, err := store.Apply(ctx, "test", []graph.Change{step.c}); err != nil {
			t.Fatal(err)
		}
		if n, err := m.Embed(ctx); err != nil || n != step.want {
			t.Errorf("after %s %v: %d texts embedded, want %d, %v", step.c.Op, step.c.Props, n, step.want, err)
		}
	}
	keeper, _ := store.(graph.VectorStore)
	if err := keeper.Vectors(ctx, func(v graph.Vector) error {
		if v.ID == "x" {
			t.Error("the vector of a deleted text is still there")
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

// Where the endpoint is down, matching answers as without it, and says so.
func TestWithoutTheEndpointMatchingGoesOn(t *testing.T) {
	m, store, e := semanticDemo(t)
	ctx := context.Background()
	e.down.Store(true)
	if n, err := m.Embed(ctx); err == nil || n != 0 || graph.CodeOf(err) != graph.StoreUnavailable {
		t.Errorf("%d texts were embedded by an endpoint that is down, %v", n, err)
	}
	req := match.Request{Text: "Hoe beschermen we persoonsgegevens?", Supply: []match.Supply{match.Lector}, Today: today}
	with, err := m.Match(ctx, req)
	if err != nil {
		t.Fatal(err)
	}
	without, err := match.New(store).Match(ctx, req)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(with.Ranking, without.Ranking) || len(with.Understood.Notes) != 1 || !strings.Contains(with.Understood.Notes[0], "SEMANTIC is left out") {
		t.Errorf("notes %q; the ranking is the same: %t", with.Understood.Notes, slices.Equal(with.Ranking, without.Ranking))
	}
	if f := semanticOf(with.Matches[0]); f != nil {
		t.Errorf("there is a semantic factor: %+v", f)
	}
}
