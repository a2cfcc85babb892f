package resolvers

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
)

// Change is an entry of the change log.
type Change struct {
	entry graph.LogEntry
	*described
}

// described is what the changes of one page share: the nodes that they are about.
type described struct {
	rt  *lookahead.Runtime
	net *lookahead.Network
	// personal tells whether the caller may see personal data.
	personal bool
}

// ChangeEnd is a node that a change is about, which may be gone.
type ChangeEnd struct {
	*described
	id string
}

// PropertyChange is a property before and after a change.
type PropertyChange struct {
	Name          string
	Before, After any
	Hidden        bool
}

// changePaths returns the paths to the nodes of changes, below the paths to the changes.
func changePaths(roots ...[]string) [][]string {
	var paths [][]string
	for _, root := range roots {
		for _, path := range [][]string{{"node"}, {"of", "node"}, {"from", "node"}, {"to", "node"}} {
			paths = append(paths, slices.Concat(root, path))
		}
	}
	return paths
}

// describe reads the nodes that entries are about, with what is asked of them at the
// paths below the field being resolved.
func describe(ctx context.Context, rt *lookahead.Runtime, entries []graph.LogEntry, fields ...[]string) ([]*Change, error) {
	ids := concerned(entries)
	net, err := rt.Network(ctx, "", ids, fields...)
	if err != nil {
		return nil, err
	}
	if err := recall(ctx, rt, net, ids); err != nil {
		return nil, err
	}
	d := &described{rt: rt, net: net, personal: lookahead.MaySeePersonal(ctx)}
	changes := make([]*Change, len(entries))
	for i, e := range entries {
		changes[i] = &Change{entry: e, described: d}
	}
	return changes, nil
}

// concerned returns the ids of the nodes that entries are about, each once.
func concerned(entries []graph.LogEntry) []string {
	var ids []string
	for _, e := range entries {
		for _, id := range []string{e.ID, e.From, e.To} {
			if id != "" {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// recallLimit bounds how many entries are read to find the names of nodes that are gone.
const recallLimit = 1000

// recall finds the names of the nodes that are gone in the log.
func recall(ctx context.Context, rt *lookahead.Runtime, net *lookahead.Network, ids []string) error {
	gone := slices.DeleteFunc(slices.Clone(ids), net.Has)
	if len(gone) == 0 {
		return nil
	}
	entries, err := rt.Store.Log(ctx, graph.LogQuery{IDs: gone, Labels: rt.Model.Stored(), Backward: true, Limit: recallLimit})
	for _, e := range entries { // the last one counts
		props := e.After
		if props == nil {
			props = e.Before
		}
		net.Recall(e.Label, e.ID, props)
	}
	return err
}

// Cursor returns the entry's place in the log.
func (c *Change) Cursor() string { return graph.LogCursor(c.entry.Seq) }

// At returns when the change was made, in UTC.
func (c *Change) At() string { return c.entry.At.UTC().Format("2006-01-02T15:04:05.000Z") }

// Actor returns who made it.
func (c *Change) Actor() string { return c.entry.Actor }

// Op returns what was done.
func (c *Change) Op() string { return string(c.entry.Op) }

// Type returns the type of the node or relation.
func (c *Change) Type() string {
	if c.entry.Type != "" {
		return c.entry.Type
	}
	return c.entry.Label
}

// Node returns the node as it is now, nil where it is gone.
func (c *Change) Node(ctx context.Context) lookahead.Node { return c.net.Node(ctx, c.entry.ID) }

// Of returns the node, nil for a relation.
func (c *Change) Of() *ChangeEnd { return c.end(c.entry.ID) }

// From returns the node that the relation leaves, nil for a node.
func (c *Change) From() *ChangeEnd { return c.end(c.entry.From) }

// To returns the node that the relation leads to, nil for a node.
func (c *Change) To() *ChangeEnd { return c.end(c.entry.To) }

func (c *Change) end(id string) *ChangeEnd {
	if id == "" {
		return nil
	}
	return &ChangeEnd{c.described, id}
}

// ID returns the node's id.
func (e *ChangeEnd) ID() string { return e.id }

// Label returns the node's name, the last one where it is gone.
func (e *ChangeEnd) Label(lang string) string { return e.net.Title(e.id, lang) }

// Node returns the node as it is now, nil where it is gone.
func (e *ChangeEnd) Node(ctx context.Context) lookahead.Node { return e.net.Node(ctx, e.id) }

// Properties returns what changed, by name. The clock's own properties are left out.
func (c *Change) Properties() []*PropertyChange {
	names := slices.Collect(maps.Keys(c.entry.Before))
	names = slices.AppendSeq(names, maps.Keys(c.entry.After))
	slices.Sort(names)
	changed := []*PropertyChange{}
	for _, name := range slices.Compact(names) {
		before, after := c.entry.Before[name], c.entry.After[name]
		if name == "createdAt" || name == "updatedAt" || reflect.DeepEqual(before, after) {
			continue
		}
		p := &PropertyChange{Name: name, Before: before, After: after}
		if !c.personal && c.secret(name) {
			p.Before, p.After, p.Hidden = nil, nil, true
		}
		changed = append(changed, p)
	}
	return changed
}

// secret tells whether a property may hold what not everyone may see: personal data, or
// what the service keeps for itself, such as the address of a webhook. One that the model
// no longer knows may.
func (c *Change) secret(name string) bool {
	known := false
	check := func(props []*graph.Property) bool {
		for _, p := range props {
			if p.Name == name {
				known = true
				return p.Personal
			}
		}
		return false
	}
	if t := c.rt.Model.Types[c.entry.Label]; t != nil && (t.Internal || check(t.Properties)) {
		return true
	}
	for _, t := range c.rt.Model.Types {
		for _, r := range t.Relations {
			if c.entry.Type != "" && r.Hop.Type == c.entry.Type && check(r.Properties) {
				return true
			}
		}
	}
	return !known
}

// phrases tell a change in words, in Dutch and in English; {} is what it is about.
var phrases = map[graph.ChangeOp][2]string{
	graph.CreateNode: {"{} toegevoegd", "{} added"},
	graph.DeleteNode: {"{} verwijderd", "{} removed"},
	graph.UpdateNode: {"{} gewijzigd", "{} changed"},
	graph.Connect:    {"Nieuw: {}", "New: {}"},
	graph.Disconnect: {"Vervallen: {}", "Ended: {}"},
}

// Label tells the change in words.
func (c *Change) Label(lang string) string {
	language := 0
	if lang == "EN" {
		language = 1
	}
	e := c.entry
	if e.Type != "" {
		phrase := phrases[e.Op][language]
		if e.Op == graph.UpdateNode {
			phrase = [2]string{"Gewijzigd: {}", "Changed: {}"}[language]
		}
		return strings.Replace(phrase, "{}", c.net.Clause(graph.Edge{Type: e.Type, From: e.From, To: e.To}, lang), 1)
	}
	subject := c.net.Name(e.ID, lang)
	if t := c.rt.Model.Types[e.Label]; t != nil {
		subject = [2]string{t.NL, t.EN}[language] + " " + subject
	}
	if e.Op == graph.UpdateNode {
		var names []string
		for _, p := range c.Properties() {
			names = append(names, p.Name)
		}
		if len(names) > 0 { // of one that was erased, none is known
			subject += ": " + strings.Join(names, ", ")
		}
	}
	return strings.Replace(phrases[e.Op][language], "{}", subject, 1)
}
