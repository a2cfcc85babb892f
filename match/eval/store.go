package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/sqlite"
	"github.com/i-partnerschap/kennisgraaf/match"
	"github.com/i-partnerschap/kennisgraaf/schema"
)

// temporary is a store that holds a collection and goes when it is closed.
type temporary struct {
	store   graph.Store
	matcher *match.Matcher
	dir     string
	// changes makes the nodes and relations of each document.
	nodes map[string]graph.Change
	edges map[string][]graph.Change
	gone  []string
}

// actor is who writes, for the change log.
const actor = "eval"

// Ids of experts and documents may be the same, those of nodes may not.
const personPrefix, documentPrefix = "person-", "document-"

func open(ctx context.Context, c *collection) (*temporary, error) {
	model, err := schema.Model()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "match-eval")
	if err != nil {
		return nil, err
	}
	store, err := sqlite.Open(ctx, filepath.Join(dir, "eval.db"), model, sqlite.Options{BulkLoad: true})
	if err != nil {
		return nil, err
	}
	t := &temporary{store: store, matcher: match.New(store), dir: dir, nodes: map[string]graph.Change{}, edges: map[string][]graph.Change{}}
	if _, err := store.Apply(ctx, actor, t.changes(c)); err != nil {
		t.close()
		return nil, err
	}
	return t, nil
}

// changes returns the writes that make the collection.
func (t *temporary) changes(c *collection) []graph.Change {
	var nodes, edges []graph.Change
	for _, e := range c.experts {
		nodes = append(nodes, graph.Change{Op: graph.UpsertNode, Label: "Person", ID: personPrefix + e.ID, Props: map[string]any{
			"name": e.Name, "roles": []string{"LECTOR"}, "source": actor}})
	}
	known := map[string]bool{}
	for _, d := range c.documents {
		known[d.ID] = true
		// The text is the abstract; a title of its own would count its words twice.
		t.nodes[d.ID] = graph.Change{Op: graph.UpsertNode, Label: "Publication", ID: documentPrefix + d.ID, Props: map[string]any{
			"title": "–", "abstract": d.Text, "source": actor}}
		nodes = append(nodes, t.nodes[d.ID])
	}
	connect := func(typ, from, to string) graph.Change {
		return graph.Change{Op: graph.Connect, Type: typ, From: from, To: to}
	}
	for _, d := range c.documents {
		for _, a := range d.Authors {
			e := connect("AUTHORED_BY", documentPrefix+d.ID, personPrefix+a)
			edges, t.edges[d.ID] = append(edges, e), append(t.edges[d.ID], e)
		}
		for _, cited := range d.Cites {
			if known[cited] && cited != d.ID {
				e := connect("CITES", documentPrefix+d.ID, documentPrefix+cited)
				edges = append(edges, e)
				t.edges[d.ID], t.edges[cited] = append(t.edges[d.ID], e), append(t.edges[cited], e)
			}
		}
	}
	return append(nodes, edges...)
}

// exclude deletes documents until restore.
func (t *temporary) exclude(ctx context.Context, ids []string) error {
	var changes []graph.Change
	for _, id := range ids {
		if n, known := t.nodes[id]; known && !slices.Contains(t.gone, id) {
			t.gone = append(t.gone, id)
			changes = append(changes, graph.Change{Op: graph.DeleteNode, Label: n.Label, ID: n.ID, Cascade: true})
		}
	}
	return t.apply(ctx, changes)
}

// restore brings back what exclude took away.
func (t *temporary) restore(ctx context.Context) error {
	var nodes, edges []graph.Change
	for _, id := range t.gone {
		nodes, edges = append(nodes, t.nodes[id]), append(edges, t.edges[id]...)
	}
	t.gone = nil
	return t.apply(ctx, append(nodes, edges...))
}

func (t *temporary) apply(ctx context.Context, changes []graph.Change) error {
	if len(changes) == 0 {
		return nil
	}
	_, err := t.store.Apply(ctx, actor, changes)
	return err
}

func (t *temporary) close() {
	_ = t.store.Close() // it is thrown away
	_ = os.RemoveAll(t.dir)
}

// expertID returns the id that an expert has in the collection.
func expertID(node string) string { return strings.TrimPrefix(node, personPrefix) }
