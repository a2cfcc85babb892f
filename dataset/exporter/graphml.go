package exporter

import (
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// graphml writes GraphML (http://graphml.graphdrawing.org/specification.html). Lists are
// text with bars, since GraphML has no lists.
type graphml struct {
	w     io.Writer
	model *graph.Model
	buf   strings.Builder
}

func newGraphML(w io.Writer, m *graph.Model, _ Options) sink { return &graphml{w: w, model: m} }

const graphmlHead = xml.Header + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ` +
	`xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
  <key id="type" for="all" attr.name="type" attr.type="string"/>
  <key id="label" for="node" attr.name="label" attr.type="string"/>
`

// graphmlTypes are the types of GraphML by kind; the others are text.
var graphmlTypes = map[graph.Kind]string{graph.Int: "long", graph.Float: "double", graph.Bool: "boolean"}

func (g *graphml) begin() error {
	g.buf.WriteString(graphmlHead)
	nodes, edges := map[string]*graph.Property{}, map[string]*graph.Property{}
	for _, t := range g.model.Types {
		for _, p := range t.Properties {
			if p.Name != "id" {
				merge(nodes, p)
			}
		}
		for _, r := range t.Relations {
			for _, p := range r.Properties {
				merge(edges, p)
			}
		}
	}
	for _, one := range []struct {
		of    string
		props map[string]*graph.Property
	}{{"node", nodes}, {"edge", edges}} {
		for _, name := range slices.Sorted(maps.Keys(one.props)) {
			typ := "string"
			if p := one.props[name]; p != nil && !p.List && graphmlTypes[p.Kind] != "" {
				typ = graphmlTypes[p.Kind]
			}
			fmt.Fprintf(&g.buf, "  <key id=\"%s-%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n", one.of, name, one.of, name, typ)
		}
	}
	g.buf.WriteString("  <graph id=\"G\" edgedefault=\"directed\">\n")
	return g.flush()
}

// merge notes a property; one that is of several kinds becomes nil, which is text.
func merge(known map[string]*graph.Property, p *graph.Property) {
	if before, ok := known[p.Name]; ok && (before == nil || before.Kind != p.Kind || before.List != p.List) {
		known[p.Name] = nil
		return
	}
	known[p.Name] = p
}

func (g *graphml) node(t *graph.Type, n *graph.Node) error {
	g.buf.WriteString(`    <node id="`)
	g.escape(n.ID)
	g.buf.WriteString("\">")
	g.data("type", n.Label)
	g.data("label", text(orEmpty(n.Props[t.Title])))
	g.all("node", n.Props)
	g.buf.WriteString("</node>\n")
	return g.flush()
}

func (g *graphml) edge(e graph.Edge) error {
	g.buf.WriteString(`    <edge source="`)
	g.escape(e.From)
	g.buf.WriteString(`" target="`)
	g.escape(e.To)
	g.buf.WriteByte('"')
	if g.model.Symmetric(e.Type) {
		g.buf.WriteString(` directed="false"`)
	}
	g.buf.WriteByte('>')
	g.data("type", e.Type)
	g.all("edge", e.Props)
	g.buf.WriteString("</edge>\n")
	return g.flush()
}

func (g *graphml) end() error {
	g.buf.WriteString("  </graph>\n</graphml>\n")
	return g.flush()
}

func (g *graphml) all(of string, props map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(props)) {
		g.data(of+"-"+name, text(props[name]))
	}
}

func (g *graphml) data(key, value string) {
	g.buf.WriteString(`<data key="` + key + `">`)
	g.escape(value)
	g.buf.WriteString("</data>")
}

// escape writes text; what XML cannot hold becomes U+FFFD.
func (g *graphml) escape(s string) { _ = xml.EscapeText(&g.buf, []byte(s)) } // a strings.Builder takes everything

func (g *graphml) flush() error {
	_, err := io.WriteString(g.w, g.buf.String())
	g.buf.Reset()
	return err
}

func orEmpty(v any) any {
	if v == nil {
		return ""
	}
	return v
}
