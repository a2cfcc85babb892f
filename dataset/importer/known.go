package importer

import (
	"github.com/i-partnerschap/kennisgraaf/dataset/snapshot"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
	"github.com/i-partnerschap/kennisgraaf/graph/validate"
)

// themeIndex finds the themes of the store by their labels, folded.
type themeIndex map[string]string

func (x themeIndex) find(label string) string { return x[text.Fold(oneLine(label))] }

// themesByLabel reads the labels of the themes of the store, once. Where two themes have
// the same label, the preferred label counts before others and then the lowest id.
func (in *input) themesByLabel() (themeIndex, error) {
	if in.themes != nil {
		return in.themes, nil
	}
	in.importer.themes = themeIndex{}
	t := in.model.Types["Theme"]
	if t == nil {
		return in.themes, nil
	}
	other := themeIndex{}
	add := func(x themeIndex, label any, id string) {
		s, _ := label.(string)
		if key := text.Fold(oneLine(s)); key != "" && x[key] == "" {
			x[key] = id
		}
	}
	for n, err := range snapshot.Nodes(in.ctx, in.store, t, nil) {
		if err != nil {
			return nil, err
		}
		add(in.themes, n.Props["prefLabelNl"], n.ID)
		add(in.themes, n.Props["prefLabelEn"], n.ID)
		for _, name := range []string{"altLabelsNl", "altLabelsEn"} {
			labels, _ := n.Props[name].([]string)
			for _, label := range labels {
				add(other, label, n.ID)
			}
		}
	}
	for label, id := range other {
		if in.themes[label] == "" {
			in.themes[label] = id
		}
	}
	return in.themes, nil
}

// byKey returns the id of the node in the store that has a key, "" where there is none.
// It remembers the answers.
func (in *input) byKey(label, prop, value string) (string, error) {
	p := in.model.Types[label].Property(prop)
	value, _ = validate.Convert(p, value).(string)
	key := [3]string{label, prop, value}
	if id, ok := in.keys[key]; ok || in.empty {
		return id, nil
	}
	found, err := in.store.Read(in.ctx, graph.Query{Root: &graph.Selection{Labels: []string{label}, Where: graph.AnyOf(prop, []string{value}), Page: graph.Page{Limit: 1}}})
	if err != nil {
		return "", err
	}
	if len(in.keys) >= maxKeys {
		clear(in.keys)
	}
	in.keys[key] = ""
	if len(found.Rows) > 0 {
		in.keys[key] = found.Rows[0].Node.ID
	}
	return in.keys[key], nil
}

// maxKeys is how many answers byKey remembers.
const maxKeys = 100_000
