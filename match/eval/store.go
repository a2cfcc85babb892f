package main

import (
	"cmp"
	"context"
	"io"
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
	// experts and documents are those of the collection by id, citing those that cite a document that
	// some query excludes.
	experts   map[string]bool
	documents map[string]*document
	citing    map[string][]string
	gone      []string
}

// actor is who writes, for the change log.
const actor = "eval"

// Ids of experts and documents may be the same, those of nodes may not.
const personPrefix, documentPrefix = "person-", "document-"

// batch is how many changes are written at a time.
const batch = 20_000

func open(ctx context.Context, c *collection, progress io.Writer) (*temporary, error) {
	model, err := schema.Model()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "match-eval")
	if err != nil {
		return nil, err
	}
	store, err := sqlite.Open(ctx, filepath.Join(dir, "eval.db"), model, sqlite.Options{BulkLoad: true, CheckLimit: -1})
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	t := &temporary{store: store, matcher: match.New(store), dir: dir, experts: map[string]bool{}, documents: map[string]*document{}, citing: map[string][]string{}}
	if err := t.load(ctx, c, progress); err != nil {
		t.close()
		return nil, err
	}
	return t, nil
}

// load writes the collection: nodes first, then what connects them.
func (t *temporary) load(ctx context.Context, c *collection, progress io.Writer) error {
	for i := range c.documents {
		t.documents[c.documents[i].ID] = &c.documents[i]
	}
	excluded := map[string]bool{}
	for _, q := range c.queries {
		for _, id := range q.Exclude {
			excluded[id] = true
		}
	}
	w := &writer{t: t, ctx: ctx, meter: newMeter(progress, "experts and documents", len(c.experts)+2*len(c.documents))}
	for _, e := range c.experts {
		t.experts[e.ID] = true
		w.write(graph.Change{Op: graph.CreateNode, Label: "Person", ID: personPrefix + e.ID, Props: map[string]any{
			"name": cmp.Or(e.Name, e.ID), "roles": []string{"LECTOR"}, "source": actor}})
	}
	for i := range c.documents {
		w.write(t.node(&c.documents[i]))
	}
	for i := range c.documents {
		d := &c.documents[i]
		w.write(t.edges(d)...)
		for _, cited := range d.Cites {
			if excluded[cited] {
				t.citing[cited] = append(t.citing[cited], d.ID)
			}
		}
	}
	w.flush()
	return w.err
}

// writer writes changes in batches; after an error it writes no more.
type writer struct {
	t       *temporary
	ctx     context.Context //nolint:containedctx // it lives as long as one load
	meter   *meter
	changes []graph.Change
	things  int
	err     error
}

// write takes in the changes of one thing.
func (w *writer) write(changes ...graph.Change) {
	w.changes = append(w.changes, changes...)
	if w.things++; len(w.changes) >= batch {
		w.flush()
	}
}

func (w *writer) flush() {
	if w.err == nil {
		w.err = w.t.apply(w.ctx, w.changes)
	}
	if w.err == nil {
		w.meter.add(w.things)
	}
	w.changes, w.things = w.changes[:0], 0
}

func (t *temporary) node(d *document) graph.Change {
	// The text is the abstract; a title of its own would count its words twice.
	return graph.Change{Op: graph.CreateNode, Label: "Publication", ID: documentPrefix + d.ID, Props: map[string]any{
		"title": "–", "abstract": d.Text, "source": actor}}
}

// edges connects a document with its authors and with what it cites.
func (t *temporary) edges(d *document) []graph.Change {
	var out []graph.Change
	for _, a := range d.Authors {
		if t.experts[a] {
			out = append(out, connect("AUTHORED_BY", d.ID, personPrefix+a))
		}
	}
	for _, cited := range d.Cites {
		if t.documents[cited] != nil && cited != d.ID {
			out = append(out, connect("CITES", d.ID, documentPrefix+cited))
		}
	}
	return out
}

func connect(typ, document, to string) graph.Change {
	return graph.Change{Op: graph.Connect, Type: typ, From: documentPrefix + document, To: to}
}

// exclude deletes documents until restore.
func (t *temporary) exclude(ctx context.Context, ids []string) error {
	var changes []graph.Change
	for _, id := range ids {
		if t.documents[id] != nil && !slices.Contains(t.gone, id) {
			t.gone = append(t.gone, id)
			changes = append(changes, graph.Change{Op: graph.DeleteNode, Label: "Publication", ID: documentPrefix + id, Cascade: true})
		}
	}
	return t.apply(ctx, changes)
}

// restore brings back what exclude took away.
func (t *temporary) restore(ctx context.Context) error {
	var nodes, edges []graph.Change
	for _, id := range t.gone {
		nodes, edges = append(nodes, t.node(t.documents[id])), append(edges, t.edges(t.documents[id])...)
		for _, from := range t.citing[id] {
			if from != id {
				edges = append(edges, connect("CITES", from, documentPrefix+id))
			}
		}
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
