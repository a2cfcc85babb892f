package validate

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// The properties that every type has and the store or the caller keeps.
var kept = []string{"id", "createdAt", "updatedAt"}

// Problem is one thing that is wrong with a change.
type Problem struct {
	// Field names the property, "" where it is about the change as a whole.
	Field string
	// Message says what is wrong and what would be right. It never repeats a personal value.
	Message string
}

// String returns the field and the message.
func (p Problem) String() string {
	if p.Field == "" {
		return p.Message
	}
	return p.Field + ": " + p.Message
}

// pair is the types that a relation leads from and to.
type pair struct{ typ, from, to string }

// Rules judges changes against a model. It is safe for concurrent use.
type Rules struct {
	model *graph.Model
	// relations holds the properties of each relation by the types at its ends.
	relations map[pair][]*graph.Property
}

// New prepares the rules of a model.
func New(model *graph.Model) *Rules {
	r := &Rules{model: model, relations: map[pair][]*graph.Property{}}
	for _, t := range model.Types {
		for _, rel := range t.Relations {
			for _, target := range rel.Hop.Labels {
				if rel.Hop.Direction != graph.In {
					r.relations[pair{rel.Hop.Type, t.Name, target}] = rel.Properties
				}
				if rel.Hop.Direction != graph.Out {
					r.relations[pair{rel.Hop.Type, target, t.Name}] = rel.Properties
				}
			}
		}
	}
	return r
}

// Node returns all that is wrong with creating, updating or upserting a node. now holds
// the properties that the node has, nil for a node that is not there yet.
func (r *Rules) Node(c graph.Change, now map[string]any) []Problem {
	t := r.model.Types[c.Label]
	if t == nil {
		return []Problem{{Message: fmt.Sprintf("there is no type %q; the types are %s", c.Label, strings.Join(r.model.Names(), ", "))}}
	}
	var problems []Problem
	if wrong := ID(c.ID); wrong != "" {
		problems = append(problems, Problem{"id", wrong})
	}
	problems = append(problems, properties(t.Name, t.Title, t.Properties, c.Props)...)
	after := merged(now, c.Props)
	for _, p := range t.Properties {
		_, given := c.Props[p.Name] // a null was judged already
		if p.Required && after[p.Name] == nil && !given && !slices.Contains(kept, p.Name) {
			problems = append(problems, Problem{p.Name, "it is required for " + a(t.Name) + "; " + example(p)})
		}
	}
	return append(problems, bounds(c.Props, after)...)
}

// Edge returns all that is wrong with connecting two nodes of these types. now holds the
// properties that the relation has, nil for one that is not there yet.
func (r *Rules) Edge(c graph.Change, from, to string, now map[string]any) []Problem {
	declared, ok := r.relations[pair{c.Type, from, to}]
	if !ok {
		return []Problem{{Message: fmt.Sprintf("no relation %s leads from %s to %s; %s", c.Type, a(from), a(to), r.possible(c.Type, from, to))}}
	}
	var problems []Problem
	if c.From == c.To {
		problems = append(problems, Problem{Message: fmt.Sprintf("%q cannot be connected to itself; name another node", c.From)})
	}
	problems = append(problems, properties(c.Type, "", declared, c.Props)...)
	return append(problems, bounds(c.Props, merged(now, c.Props))...)
}

// possible names what would be right instead.
func (r *Rules) possible(typ, from, to string) string {
	var between, ends []string
	for p := range r.relations {
		if p.from == from && p.to == to {
			between = append(between, p.typ)
		}
		if p.typ == typ {
			ends = append(ends, p.from+" to "+p.to)
		}
	}
	slices.Sort(between)
	slices.Sort(ends)
	switch {
	case len(ends) > 0:
		return typ + " leads from " + strings.Join(ends, ", ")
	case len(between) > 0:
		return "between them there is " + strings.Join(between, ", ")
	}
	return "there is no relation of that type at all"
}

// merged returns the properties as they will be.
func merged(now, set map[string]any) map[string]any {
	after := map[string]any{}
	maps.Copy(after, now)
	for name, v := range set {
		if v == nil {
			delete(after, name)
		} else {
			after[name] = v
		}
	}
	return after
}

// properties judges the properties of a change, in order of name.
func properties(of, title string, declared []*graph.Property, props map[string]any) []Problem {
	var problems []Problem
	for _, name := range slices.Sorted(maps.Keys(props)) {
		i := slices.IndexFunc(declared, func(p *graph.Property) bool { return p.Name == name })
		if i < 0 || name == "id" {
			problems = append(problems, Problem{name, unknown(of, declared)})
			continue
		}
		if wrong := Value(declared[i], props[name], name == title); wrong != "" {
			problems = append(problems, Problem{name, wrong})
		}
	}
	return problems
}

func unknown(of string, declared []*graph.Property) string {
	var names []string
	for _, p := range declared {
		if !slices.Contains(kept, p.Name) {
			names = append(names, p.Name)
		}
	}
	if len(names) == 0 {
		return a(of) + " has no properties; leave it out"
	}
	return a(of) + " has no such property; it has " + strings.Join(names, ", ")
}

// a puts the article before the name of a type.
func a(name string) string {
	if strings.ContainsAny(name[:min(1, len(name))], "AEIO") {
		return "an " + name
	}
	return "a " + name
}

// periods are the properties of which the first may not come after the second.
var periods = [][2]string{
	{"since", "until"}, {"validFrom", "validUntil"}, {"startDate", "endDate"}, {"posedOn", "deadline"},
	{"openedOn", "closedOn"}, {"availableFrom", "availableUntil"}, {"proposedOn", "decidedOn"},
}

// bounds finds periods that end before they begin, among those that the change touches.
func bounds(set, after map[string]any) []Problem {
	var problems []Problem
	for _, p := range periods {
		if set[p[0]] == nil && set[p[1]] == nil {
			continue
		}
		first, _ := after[p[0]].(string)
		last, ok := after[p[1]].(string)
		if ok && first > last {
			problems = append(problems, Problem{p[1], fmt.Sprintf("%s lies before %s, which is %s; it must be that day or later", last, p[0], first)})
		}
	}
	return problems
}

// ID says what is wrong with the id of a node, "" for nothing.
func ID(id string) string {
	switch {
	case id == "":
		return "it is empty; give the node an id"
	case len(id) > MaxID:
		return fmt.Sprintf("it is %d bytes long; %d is the most", len(id), MaxID)
	case strings.ContainsFunc(id, func(r rune) bool { return unicode.IsSpace(r) || !printable(r) }):
		return "it holds white space or a control character; write it without"
	}
	return ""
}

// Cycle tells whether connecting narrower to broader would close a circle: it returns
// the ids from narrower over broader back to narrower, nil where there is none. above
// returns the broader ones of a node.
func Cycle(narrower, broader string, above func(id string) ([]string, error)) ([]string, error) {
	seen := map[string]bool{}
	var climb func(id string, way []string) ([]string, error)
	climb = func(id string, way []string) ([]string, error) {
		way = append(slices.Clip(way), id)
		if id == narrower {
			return way, nil
		}
		if seen[id] {
			return nil, nil
		}
		seen[id] = true
		next, err := above(id)
		if err != nil {
			return nil, err
		}
		for _, n := range next {
			if found, err := climb(n, way); err != nil || found != nil {
				return found, err
			}
		}
		return nil, nil
	}
	return climb(broader, []string{narrower})
}
