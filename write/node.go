package write

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
	"github.com/i-partnerschap/kennisgraaf/graph/validate"
)

// Input is what is to be written of a node: its id, if that is given, properties by
// name, of which null removes one, and relations by name, each with connect and
// disconnect.
type Input = map[string]any

// maxNesting is how deep new nodes may be nested in one input.
const maxNesting = 10

// Create makes a node of a type.
func Create(label string, input Input) Op {
	return func(ctx context.Context, p *Plan) (string, error) {
		if err := p.Prefetch(ctx, named(input)...); err != nil {
			return "", err
		}
		return p.create(ctx, label, input, "input", 0)
	}
}

// Update changes a node of a type. expect is the updatedAt that it must have, "" for any.
func Update(label, id string, input Input, expect string) Op {
	return func(ctx context.Context, p *Plan) (string, error) {
		if err := p.Prefetch(ctx, append(named(input), id)...); err != nil {
			return "", err
		}
		n, err := p.existing(ctx, label, id)
		if err != nil {
			return id, err
		}
		if given, ok := input["id"].(string); ok && given != id {
			p.failf("input.id", graph.BadUserInput, "an id cannot be changed; leave it out")
		}
		return id, p.update(ctx, n, input, expect)
	}
}

// Upsert updates the node of a type that has the id or an external key of the input, and
// creates one where there is none.
func Upsert(label string, input Input, expect string) Op {
	return func(ctx context.Context, p *Plan) (string, error) {
		if err := p.Prefetch(ctx, named(input)...); err != nil {
			return "", err
		}
		n, err := p.find(ctx, label, input)
		switch {
		case err != nil:
			return "", err
		case n != nil:
			return n.ID, p.update(ctx, n, input, expect)
		case expect != "":
			return "", graph.Errorf(graph.NotFound, "there is no such %s to have been changed at %s; leave expectedUpdatedAt out to make one", label, expect)
		}
		return p.create(ctx, label, input, "input", 0)
	}
}

// Delete removes a node of any type; with cascade its relations as well.
func Delete(id, expect string, cascade bool) Op {
	return func(ctx context.Context, p *Plan) (string, error) {
		n, err := p.existing(ctx, "", id)
		if err != nil {
			return id, err
		}
		if err := p.fresh(ctx, n, expect); err != nil {
			return id, err
		}
		p.Add(graph.Change{Op: graph.DeleteNode, Label: n.Label, ID: id, Expect: expect, Cascade: cascade})
		return id, nil
	}
}

// existing returns a node that must be there, of the type where one is given.
func (p *Plan) existing(ctx context.Context, label, id string) (*graph.Node, error) {
	n, err := p.Node(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case n == nil && label == "":
		return nil, graph.Errorf(graph.NotFound, "there is no node with id %q", id)
	case n == nil:
		return nil, graph.Errorf(graph.NotFound, "there is no %s with id %q", label, id)
	case label != "" && n.Label != label:
		return nil, graph.Errorf(graph.NotFound, "there is no %s with id %q; that one is of type %s", label, id, n.Label)
	}
	return n, nil
}

// find returns the node that an upsert means, nil where it is to be made.
func (p *Plan) find(ctx context.Context, label string, input Input) (*graph.Node, error) {
	t := p.model.Types[label]
	var keys, found []string
	for _, key := range t.Keys() {
		keys = append(keys, key.Name)
		value, ok := validate.Convert(key, input[key.Name]).(string)
		if !ok {
			continue
		}
		id, err := p.ByKey(ctx, label, key, value)
		if err != nil {
			return nil, err
		}
		if id != "" && !slices.Contains(found, id) {
			found = append(found, id)
		}
	}
	id, _ := input["id"].(string)
	if id != "" {
		n, err := p.Node(ctx, id)
		if err != nil || n != nil && n.Label == label {
			return n, err
		}
		if n != nil {
			return nil, graph.Errorf(graph.Conflict, "the id %q belongs to a node of type %s; give the %s another", id, n.Label, label)
		}
	}
	switch {
	case len(found) > 1:
		return nil, graph.Errorf(graph.Conflict, "the keys belong to different nodes; correct them, or merge these first")
	case len(found) == 1 && id == "":
		return p.Node(ctx, found[0])
	case id == "" && !slices.ContainsFunc(keys, func(name string) bool { return input[name] != nil }):
		return nil, graph.Errorf(graph.BadUserInput, "input: an upsert finds the %s by %s; give one of them", label, strings.Join(append([]string{"id"}, keys...), ", "))
	}
	return nil, nil //nolint:nilnil // it is to be made
}

// create plans a new node with its relations.
func (p *Plan) create(ctx context.Context, label string, input Input, path string, depth int) (string, error) {
	t := p.model.Types[label]
	if depth > maxNesting {
		return "", graph.Errorf(graph.TooComplex, "%s: new nodes are nested more than %d deep; write them one after another", path, maxNesting)
	}
	props := p.properties(t, input)
	id, _ := input["id"].(string)
	if id == "" {
		var err error
		if id, err = p.freeID(ctx, t, props); err != nil {
			return "", err
		}
	}
	c := graph.Change{Op: graph.CreateNode, Label: label, ID: id, Props: props}
	p.problems(path, p.rules.Node(c, nil))
	if taken, err := p.Node(ctx, id); err != nil {
		return "", err
	} else if taken != nil {
		p.failf(join(path, "id"), graph.Conflict, "the id %q is taken by a node of type %s; update or upsert that, or leave the id out", id, taken.Label)
	}
	p.Add(c)
	if err := p.keys(ctx, t, c, path); err != nil {
		return "", err
	}
	if err := p.links(ctx, t, id, input, path, depth); err != nil {
		return "", err
	}
	return id, p.required(ctx, t, id, path)
}

// update plans a change of a node that is there.
func (p *Plan) update(ctx context.Context, n *graph.Node, input Input, expect string) error {
	if err := p.fresh(ctx, n, expect); err != nil {
		return err
	}
	t := p.model.Types[n.Label]
	props := p.properties(t, input)
	c := graph.Change{Op: graph.UpdateNode, Label: n.Label, ID: n.ID, Props: props, Expect: expect}
	p.problems("input", p.rules.Node(c, n.Props))
	if len(props) > 0 || expect != "" {
		if c.Expect == "" && !p.touched[n.ID] {
			// What was judged is the node as it is now, with what is set.
			c.Expect, _ = n.Props["updatedAt"].(string)
		}
		p.Add(c)
	}
	if err := p.keys(ctx, t, c, "input"); err != nil {
		return err
	}
	if err := p.links(ctx, t, n.ID, input, "input", 0); err != nil {
		return err
	}
	return p.required(ctx, t, n.ID, "input")
}

// fresh refuses a node that was changed since the caller read it.
func (p *Plan) fresh(ctx context.Context, n *graph.Node, expect string) error {
	at, _ := n.Props["updatedAt"].(string)
	if expect == "" || expect == at {
		return nil
	}
	entries, err := p.store.Log(ctx, graph.LogQuery{IDs: []string{n.ID}, Labels: []string{n.Label}, Limit: 1, Backward: true})
	if err != nil {
		return err
	}
	var last *graph.LogEntry
	if len(entries) > 0 {
		last = &entries[0]
	}
	return graph.ConflictStale(graph.Change{Label: n.Label, ID: n.ID, Expect: expect}, at, last)
}

// properties returns the properties of an input in the form that is stored.
func (p *Plan) properties(t *graph.Type, input Input) map[string]any {
	props := map[string]any{}
	for _, property := range t.Properties {
		if value, given := input[property.Name]; given && property.Name != "id" {
			props[property.Name] = validate.Convert(property, value)
		}
	}
	return props
}

// keys refuses a key that another node has, before the store does with less to say.
func (p *Plan) keys(ctx context.Context, t *graph.Type, c graph.Change, path string) error {
	for _, key := range t.Keys() {
		if _, ok := c.Props[key.Name].(string); !ok {
			continue
		}
		found, err := p.read(ctx, []string{t.Name}, graph.Compare{Prop: key.Name, Kind: key.Kind, Op: graph.Eq, Value: c.Props[key.Name]})
		if err != nil {
			return err
		}
		for id := range found {
			if n, known := p.nodes[id]; id != c.ID && (!known || n != nil && n.Props[key.Name] == c.Props[key.Name]) {
				p.Fail(join(path, key.Name), graph.ConflictKey(c, key, id))
			}
		}
	}
	return nil
}

// freeID makes an id of a node's name that no node has, or had: the change log would tell
// the new one's history and the old one's as one.
func (p *Plan) freeID(ctx context.Context, t *graph.Type, props map[string]any) (string, error) {
	name, _ := props[t.Title].(string)
	const longest = 80
	base := text.Slug(name)
	base = strings.TrimSuffix(base[:min(len(base), longest)], "-")
	if base == "" {
		base = strings.ToLower(t.Name)
	}
	const batch = 20
	for from := 1; ; from += batch {
		ids := make([]string, batch)
		for i := range ids {
			if ids[i] = base; from+i > 1 {
				ids[i] += "-" + strconv.Itoa(from+i)
			}
		}
		if err := p.Prefetch(ctx, ids...); err != nil {
			return "", err
		}
		for _, id := range ids {
			if p.nodes[id] != nil {
				continue
			}
			former, err := p.store.Log(ctx, graph.LogQuery{IDs: []string{id}, Limit: 1})
			if err != nil || len(former) == 0 {
				return id, err
			}
		}
	}
}

// named returns the ids that an input names, so that they can be read together.
func named(input any) []string {
	var ids []string
	switch v := input.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			switch value := v[name].(type) {
			case string:
				if name == "id" || name == "disconnect" {
					ids = append(ids, value)
				}
			case []any:
				if name == "disconnect" {
					ids = append(ids, texts(value)...)
				}
			}
			ids = append(ids, named(v[name])...)
		}
	case []any:
		for _, item := range v {
			ids = append(ids, named(item)...)
		}
	}
	return ids
}

// texts reads a list of texts; one stands for a list of one.
func texts(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, item := range v {
			if s, ok := item.(string); ok {
				all = append(all, s)
			}
		}
		return all
	}
	return nil
}

// objects reads a list of input objects; one stands for a list of one.
func objects(value any) []Input {
	switch v := value.(type) {
	case map[string]any:
		return []Input{v}
	case []any:
		var all []Input
		for _, item := range v {
			if m, ok := item.(map[string]any); ok {
				all = append(all, m)
			}
		}
		return all
	}
	return nil
}
