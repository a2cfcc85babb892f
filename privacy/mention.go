package privacy

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/dataset/snapshot"
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Mention is a node or relation of others whose text has the name, an id or a personal value
// of a person in it.
type Mention struct {
	// Type is that of the node or relation, and ID the node's.
	Type, ID string
	// From and To are the ends of a relation.
	From, To string
	// Properties are those with the text, in order.
	Properties []string
	// Past tells that it is found in what the change log tells of before and after.
	Past bool
	// Perhaps tells that no more than the last word of the name is there.
	Perhaps bool
}

// Mentions reads every text of the graph and of the change log that is not part of the
// record, and returns where it mentions the person: the surest first, then by type and id.
// progress is told how many nodes, relations and entries were read.
func (r *Record) Mentions(ctx context.Context, store graph.Store, model *graph.Model, progress func(n int64)) ([]Mention, error) {
	s := &search{r: r, signs: r.signs(model), found: map[string]*Mention{}, progress: progress}
	for _, step := range []func(context.Context, graph.Store, *graph.Model) error{s.nodes, s.relations, s.log} {
		if err := step(ctx, store, model); err != nil {
			return nil, err
		}
	}
	var all []Mention
	for _, key := range slices.Sorted(maps.Keys(s.found)) {
		all = append(all, *s.found[key])
	}
	slices.SortStableFunc(all, func(a, b Mention) int {
		return cmp.Or(compareBool(a.Perhaps, b.Perhaps), compareBool(a.Past, b.Past), strings.Compare(a.Type, b.Type),
			strings.Compare(a.ID, b.ID), strings.Compare(a.From, b.From), strings.Compare(a.To, b.To))
	})
	return all, nil
}

// search goes through all texts.
type search struct {
	r     *Record
	signs signs
	// found holds the mentions by what they are of.
	found    map[string]*Mention
	progress func(n int64)
}

// nodes searches the properties of all nodes but the person, those that the service keeps for
// itself among them.
func (s *search) nodes(ctx context.Context, store graph.Store, model *graph.Model) error {
	for _, name := range model.Stored() {
		for n, err := range snapshot.Nodes(ctx, store, model.Types[name], nil) {
			if err != nil {
				return err
			}
			s.progress(1)
			if n.ID != s.r.ID {
				s.look(Mention{Type: name, ID: n.ID}, n.Props, n.ID)
			}
		}
	}
	return nil
}

// relations searches the relations that may hold a text, but for those of the person.
func (s *search) relations(ctx context.Context, store graph.Store, model *graph.Model) error {
	outgoing := snapshot.Relations(model)
	for _, name := range model.Names() {
		texts := slices.DeleteFunc(slices.Clone(outgoing[name]), func(o snapshot.Outgoing) bool { return !hasText(o) })
		for e, err := range snapshot.Edges(ctx, store, name, texts, nil) {
			if err != nil {
				return err
			}
			s.progress(1)
			if e.From != s.r.ID && e.To != s.r.ID {
				s.look(Mention{Type: e.Type, From: e.From, To: e.To}, e.Props, "")
			}
		}
	}
	return nil
}

func hasText(o snapshot.Outgoing) bool {
	for _, props := range o.Properties {
		if slices.ContainsFunc(props, func(p *graph.Property) bool { return p.Kind == graph.String }) {
			return true
		}
	}
	return false
}

// logPage is how many entries are read at a time.
const logPage = 5_000

// log searches what the entries about others say of before and after, and their actors.
func (s *search) log(ctx context.Context, store graph.Store, _ *graph.Model) error {
	own, actors := map[int64]bool{}, map[string]bool{}
	for _, id := range s.r.IDs() {
		actors[id] = true
	}
	for _, e := range s.r.Log {
		own[e.Seq] = true
	}
	for after := int64(0); ; {
		entries, err := store.Log(ctx, graph.LogQuery{After: after, Limit: logPage})
		if err != nil || len(entries) == 0 {
			return err
		}
		for _, e := range entries {
			after = e.Seq
			if !own[e.Seq] {
				m := Mention{Type: e.Type + e.Label, ID: e.ID, From: e.From, To: e.To, Past: true}
				s.look(m, e.Before, "")
				s.look(m, e.After, "")
			}
			if !actors[e.Actor] {
				actors[e.Actor] = true
				s.look(Mention{Type: "actor", ID: e.Actor, Past: true}, nil, e.Actor)
			}
		}
		s.progress(int64(len(entries)))
	}
}

// look notes what mentions the person in properties, and in an id.
func (s *search) look(m Mention, props map[string]any, id string) {
	for _, name := range slices.Sorted(maps.Keys(props)) {
		switch v := props[name].(type) {
		case string:
			s.note(m, name, s.signs.in(v))
		case []string:
			for _, item := range v {
				s.note(m, name, s.signs.in(item))
			}
		}
	}
	if id != "" {
		s.note(m, "id", s.signs.in(id))
	}
}

func (s *search) note(m Mention, property string, sure sureness) {
	if sure == none {
		return
	}
	past := ""
	if m.Past {
		past = "past"
	}
	key := strings.Join([]string{m.Type, m.ID, m.From, m.To, past}, "\x00")
	known := s.found[key]
	if known == nil {
		m.Perhaps = true
		known = &m
		s.found[key] = known
	}
	known.Perhaps = known.Perhaps && sure == perhaps
	known.Properties = united(known.Properties, []string{property})
}
