package importer

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/dataset/check"
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// maxID is the greatest length of an id, in bytes.
const maxID = 512

// accept checks a record by itself and puts it on the stage. One with faults goes there
// too, as far as it can be told what it is, so that what refers to it is not said to
// refer to nothing.
func (i *importer) accept(r record) error {
	var of string
	var declared []*graph.Property
	var ok bool
	if r.Op == graph.Connect {
		of = r.Type
		declared, ok = i.edgeProps[r.Type]
	} else if t := i.model.Types[r.Label]; t != nil {
		of, declared, ok = r.Label, t.Properties, true
	}
	fail := func(column, format string, args ...any) {
		i.fault(dataset.Faultf(i.stage.files[len(i.stage.files)-1], r.line, column, format, args...))
	}
	switch {
	case !ok && r.Op == graph.Connect:
		fail("", "there is no relation type %q; use one of %s", r.Type, strings.Join(slices.Sorted(maps.Keys(i.edgeProps)), ", "))
		return nil
	case !ok:
		fail("", "there is no type %q; use one of %s", r.Label, strings.Join(i.model.Names(), ", "))
		return nil
	}
	for column, id := range r.ids() {
		if wrong := idFault(id); wrong != "" {
			fail(column, "%q %s", clip(id), wrong)
			return nil
		}
	}
	r.Props, r.fresh = widened(declared, r.Props), widened(declared, r.fresh)
	faults := check.Faults(declared, r.Props)
	for _, f := range faults {
		fail(f.Property, "%s of %s: %s", f.Property, of, clip(f.Message))
		delete(r.Props, f.Property)
	}
	if r.Op != graph.Connect {
		i.complete(&r, declared)
	}
	return i.stage.add(r)
}

// complete works out what a new node lacks, and fills in what can be filled in.
func (i *importer) complete(r *record, declared []*graph.Property) {
	fresh := maps.Clone(r.fresh)
	if fresh == nil {
		fresh = map[string]any{}
	}
	if r.Props["source"] == nil && fresh["source"] == nil {
		fresh["source"] = "import: " + base(i.stage.files[len(i.stage.files)-1])
	}
	for _, p := range declared {
		if !p.Required || p.Name == "id" || r.Props[p.Name] != nil || fresh[p.Name] != nil {
			continue
		}
		if p.List {
			fresh[p.Name] = []string{}
		} else {
			r.lacks = append(r.lacks, p.Name)
		}
	}
	for name := range r.Props {
		if r.Props[name] != nil {
			delete(fresh, name)
		}
	}
	r.fresh = fresh
}

// ids returns the ids of a record by the name of their column.
func (r record) ids() map[string]string {
	if r.Op == graph.Connect {
		return map[string]string{"from": r.From, "to": r.To}
	}
	return map[string]string{"id": r.ID}
}

// idFault says what is wrong with an id, "" for nothing.
func idFault(id string) string {
	switch {
	case id == "":
		return "is empty; give each node an id"
	case len(id) > maxID:
		return "is too long for an id; 512 bytes at most"
	case !utf8.ValidString(id):
		return "is not UTF-8"
	case strings.TrimSpace(id) != id:
		return "has space around it"
	case strings.ContainsFunc(id, unicode.IsControl):
		return "has control characters in it"
	}
	return ""
}

// widened returns properties with whole numbers made floats where the model wants those.
func widened(declared []*graph.Property, props map[string]any) map[string]any {
	for _, p := range declared {
		if n, ok := props[p.Name].(int64); ok && p.Kind == graph.Float {
			props = maps.Clone(props)
			props[p.Name] = float64(n)
		}
	}
	return props
}

// clip shortens a text that is quoted in a message.
func clip(s string) string {
	const most = 200
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// base returns the last part of a path.
func base(path string) string {
	return path[strings.LastIndexAny(path, `/\`)+1:]
}
