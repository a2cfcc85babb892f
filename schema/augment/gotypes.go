package augment

import (
	"slices"

	"github.com/99designs/gqlgen/codegen/templates"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// goTypes is what types.gotpl prints.
type goTypes struct {
	Nodes       []goNode
	Abstract    []string
	Connections []goConnection
}

type goNode struct {
	Name    string
	Markers []string
	Getters []goGetter
	Links   []goLink
}

// goGetter reads a scalar property.
type goGetter struct{ Name, Prop, Type, Read string }

// goLink follows a relation.
type goLink struct {
	Name, Type, Wrap, Connection string
	Many                         bool
}

type goConnection struct {
	Name, Edge, Type, Wrap string
	Getters                []goGetter
}

func (p *plugin) types() goTypes {
	var out goTypes
	for name := range p.model.Abstract {
		if name != "Node" {
			out.Abstract = append(out.Abstract, name)
		}
	}
	slices.Sort(out.Abstract)
	written := map[string]bool{}
	connection := func(r *graph.Relation) {
		if name := ConnectionName(r); !written[name] {
			written[name] = true
			typ, wrap := p.goType(r.Target)
			out.Connections = append(out.Connections, goConnection{Name: name, Edge: EdgeName(r), Type: typ, Wrap: wrap, Getters: getters(r.Properties)})
		}
	}
	for _, name := range p.model.Names() {
		t := p.model.Types[name]
		out.Nodes = append(out.Nodes, p.goNode(t))
		connection(&graph.Relation{Target: name})
		for _, r := range t.Relations {
			if r.Many {
				connection(r)
			}
		}
	}
	return out
}

func (p *plugin) goNode(t *graph.Type) goNode {
	n := goNode{Name: t.Name, Getters: getters(t.Properties)}
	for name, labels := range p.model.Abstract {
		if slices.Contains(labels, t.Name) {
			n.Markers = append(n.Markers, name)
		}
	}
	slices.Sort(n.Markers)
	for _, r := range t.Relations {
		typ, wrap := p.goType(r.Target)
		n.Links = append(n.Links, goLink{Name: templates.ToGo(r.Name), Type: typ, Wrap: wrap, Connection: ConnectionName(r), Many: r.Many})
	}
	return n
}

// goType returns the Go type of a node type or interface, and the function that
// makes one of a record.
func (p *plugin) goType(target string) (typ, wrap string) {
	switch {
	case target == "Node":
		return "lookahead.Node", "wrap"
	case p.model.Types[target] != nil:
		return "*" + target, "new" + target
	default:
		return target, "new" + target
	}
}

func getters(props []*graph.Property) []goGetter {
	var out []goGetter
	for _, p := range props {
		g := goGetter{Name: templates.ToGo(p.Name), Prop: p.Name}
		switch {
		case p.Name == "id":
			continue
		case p.List:
			g.Type, g.Read = "[]string", "Strings"
		case p.Kind == graph.Int:
			g.Type, g.Read = "*int", "OptInt"
		case p.Kind == graph.Float:
			g.Type, g.Read = "*float64", "OptFloat"
		case p.Kind == graph.Bool:
			g.Type, g.Read = "*bool", "OptBool"
		case p.Required:
			g.Type, g.Read = "string", "String"
		default:
			g.Type, g.Read = "*string", "OptString"
		}
		out = append(out, g)
	}
	return out
}
