package importer

import (
	"maps"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/validate"
)

// accept judges a record by itself and puts it on the stage. One with faults goes there
// too, as far as it can be told what it is, so that what refers to it is not said to
// refer to nothing. Nothing refers to a saved search.
func (i *importer) accept(r record) error {
	file := len(i.stage.files) - 1
	fail := func(column, message string) { i.faultAt(file, r.line, column, "%s", clip(message)) }
	if r.Op == graph.Connect {
		return i.acceptEdge(r, fail)
	}
	t := i.model.Types[r.Label]
	if t == nil {
		fail("", i.rules.Node(r.Change, nil)[0].Message)
		return nil
	}
	if t.Internal && i.Searches == nil {
		fail("", "saved searches are not taken in here; take it out of the file")
		return nil
	}
	if wrong := validate.ID(r.ID); wrong != "" {
		fail("id", wrong)
		return nil
	}
	r.Props, r.fresh = converted(t.Properties, r.Props), converted(t.Properties, r.fresh)
	i.complete(&r, t)
	faults := i.result.FaultCount
	whole := r.Change
	whole.Props = maps.Clone(r.fresh)
	maps.Copy(whole.Props, r.Props)
	for _, p := range i.rules.Node(whole, nil) {
		if _, given := whole.Props[p.Field]; given {
			fail(p.Field, p.Message)
			delete(r.Props, p.Field)
			delete(r.fresh, p.Field)
			continue
		}
		r.lacks = append(r.lacks, p.Field+"\t"+p.Message)
	}
	if t.Internal && i.result.FaultCount > faults {
		for _, p := range i.Searches(r.Props) {
			if p.Field != "" { // of the whole, what is missing may be what was wrong
				fail(p.Field, p.Message)
			}
		}
		return nil
	}
	return i.stage.add(r, t)
}

// acceptEdge judges a relation as far as it can be judged without knowing its ends.
func (i *importer) acceptEdge(r record, fail func(column, message string)) error {
	kind, ok := i.kinds[r.Type]
	if !ok {
		fail("", "there is no relation "+r.Type+"; use one of "+strings.Join(slices.Sorted(maps.Keys(i.kinds)), ", "))
		return nil
	}
	for _, end := range [][2]string{{"from", r.From}, {"to", r.To}} {
		if wrong := validate.ID(end[1]); wrong != "" {
			fail(end[0], wrong)
			return nil
		}
	}
	r.Props = converted(kind.properties, r.Props)
	for _, p := range i.rules.Edge(r.Change, kind.from, kind.to, nil) {
		fail(p.Field, p.Message)
		delete(r.Props, p.Field)
	}
	return i.stage.add(r, nil)
}

// complete adds what a new node gets where the record does not say it.
func (i *importer) complete(r *record, t *graph.Type) {
	if r.fresh == nil {
		r.fresh = map[string]any{}
	}
	if r.fresh["source"] == nil && t.Property("source") != nil {
		r.fresh["source"] = "import: " + base(i.stage.files[len(i.stage.files)-1])
	}
	for name, value := range r.Props {
		if value != nil {
			delete(r.fresh, name)
		}
	}
}

// converted returns properties in the form in which they are stored.
func converted(declared []*graph.Property, props map[string]any) map[string]any {
	out := make(map[string]any, len(props))
	maps.Copy(out, props)
	for _, p := range declared {
		if v := out[p.Name]; v != nil {
			out[p.Name] = validate.Convert(p, v)
		}
	}
	return out
}

// edgeKind is what holds for the relations of one type, whatever they connect: the
// properties that one of them may have, and the ends of one that may have them all.
type edgeKind struct {
	properties []*graph.Property
	from, to   string
}

// edgeKinds lists what holds for each relation type.
func (i *importer) edgeKinds() map[string]edgeKind {
	kinds := map[string]edgeKind{}
	for _, from := range slices.Sorted(maps.Keys(i.out)) {
		for _, o := range i.out[from] {
			for _, to := range o.Hop.Labels {
				known, ok := kinds[o.Hop.Type]
				if props := o.Properties[to]; !ok || len(props) > len(known.properties) {
					kinds[o.Hop.Type] = edgeKind{props, from, to}
				}
			}
		}
	}
	return kinds
}

// clip shortens a message that quotes what was read.
func clip(s string) string {
	const most = 500
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// base returns the last part of a path.
func base(path string) string {
	return path[strings.LastIndexAny(path, `/\`)+1:]
}
