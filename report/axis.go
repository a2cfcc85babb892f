package report

import (
	"github.com/i-partnerschap/kennisgraaf/graph"
)

// axis is one axis of one table: how the nodes of a type get their keys, and which
// nodes have a key.
type axis struct {
	kind Axis
	// world names by ids what a filter of the API cannot reach; nil for filters that
	// only a store has to understand.
	world *world
	req   *Request
	// day is that of the table's relations, "" for any.
	day   string
	route route
	// known is false where nodes of this type have no keys.
	known bool
}

// axisFor returns the axis for what a measure counts.
func axisFor(kind Axis, s spec, w *world, req *Request, day string) axis {
	a := axis{kind: kind, world: w, req: req, day: day}
	a.route, a.known = routes[kind][s.label]
	if s.branches && kind == ByRegion {
		a.route = through(branchIn)
	}
	return a
}

// rollsUpRegions tells whether regions roll up to the largest.
func (r *Request) rollsUpRegions() bool { return r.RegionKind != Province }

// dimension returns the axis as a store groups by it.
func (a axis) dimension() graph.Dimension {
	d := graph.Dimension{Path: a.route.path, Prop: a.route.prop}
	switch a.kind {
	case ByRegion:
		if a.req.rollsUpRegions() {
			d.Tree, d.Level = &regionTree, 1
		}
	case ByTheme:
		d.Tree, d.Level = &themeTree, a.req.Level
	case ByMinistry:
		// An agency rolls up to its ministry; a ministry is its own.
		d.Tree, d.Level = &ofMinistry, 1
	case ByYear:
		d.Kind, d.Unit = graph.Date, graph.Year
	default:
		d.Kind = graph.Enum
	}
	return d
}

// holds returns the filter for the nodes that have the key; nil keeps all.
func (a axis) holds(key string) graph.Filter {
	switch {
	case key == Every:
		return nil
	case !a.known && key == Unknown:
		return nil
	case !a.known:
		return graph.Or{}
	case key == Unknown:
		return a.unknown()
	}
	switch a.kind {
	case ByRegion:
		return a.placed([]string{key}, a.req.rollsUpRegions())
	case ByTheme:
		if a.world.atLevel(key, a.req.Level) {
			return along(a.route.path, graph.Within{Tree: themeTree, ID: key})
		}
		return along(a.route.path, byID(key))
	case ByYear:
		return a.dated(key+"-01-01", key+"-12-31")
	case ByMinistry:
		if a.world.hasMinistry(key, a.day) {
			return graph.Or{} // its ministry is the key, not the agency
		}
		return a.of(key)
	}
	return a.valued(key)
}

// sealed tells whether a filter must name by ids what lies beyond a part of the path.
func (a axis) sealed() bool { return a.route.sealed > 0 && a.world != nil }

// placed holds for the nodes in one of the regions, or in what lies within them.
func (a axis) placed(regions []string, within bool) graph.Filter {
	if a.sealed() {
		return along(a.route.path[:a.route.sealed], byIDs(a.world.seated(regions, within)))
	}
	var any graph.Or
	for _, id := range regions {
		end := byID(id)
		if within {
			end = graph.Within{Tree: regionTree, ID: id}
		}
		any = append(any, along(a.route.path, end))
	}
	if len(any) == 1 {
		return any[0]
	}
	return any
}

// of holds for the nodes of a ministry, or of an agency of it.
func (a axis) of(ministry string) graph.Filter {
	if a.world == nil {
		return along(a.route.path, graph.Or{byID(ministry), along([]graph.Hop{ofMinistry}, byID(ministry))})
	}
	return along(a.route.path, byIDs(a.world.under(ministry, a.day)))
}

func (a axis) dated(from, until string) graph.Filter {
	var bounds []graph.Filter
	if from != "" {
		bounds = append(bounds, compare(a.route.prop, graph.Date, graph.Gte, from))
	}
	if until != "" {
		bounds = append(bounds, compare(a.route.prop, graph.Date, graph.Lte, until))
	}
	return along(a.route.path, both(bounds...))
}

// valued holds for the nodes whose enum has the value.
func (a axis) valued(value string) graph.Filter {
	if a.sealed() {
		return along(a.route.path[:a.route.sealed], byIDs(a.world.schoolsOf(value)))
	}
	if a.route.list {
		return along(a.route.path, compare(a.route.prop, graph.Enum, graph.Has, value))
	}
	return along(a.route.path, is(a.route.prop, value))
}

// unknown holds for the nodes without a key.
func (a axis) unknown() graph.Filter {
	r := a.route
	switch {
	case r.sealed > 0 && a.kind == ByRegion:
		return not(along(r.path[:r.sealed], byIDs(a.world.seated(nil, false))))
	case r.sealed > 0:
		return not(along(r.path[:r.sealed], byIDs(a.world.schoolsOf(""))))
	case r.prop == "":
		return not(along(r.path, nil))
	case r.list:
		return compare(r.prop, graph.Enum, graph.IsEmpty, true)
	case len(r.path) > 0:
		return not(along(r.path, isNull(r.prop, graph.Enum, false)))
	}
	kind := graph.Enum
	if a.kind == ByYear {
		kind = graph.Date
	}
	return isNull(r.prop, kind, true)
}

// narrow returns the filter for what Where asks of this axis; nil where it asks nothing.
func (a axis) narrow(w Where) graph.Filter {
	asked := map[Axis][]string{ByRegion: w.Regions, ByTheme: w.Themes, ByMinistry: w.Ministries, ByForm: w.Forms}[a.kind]
	if a.kind == ByYear && (w.From != "" || w.Until != "") {
		if !a.known {
			return graph.Or{}
		}
		return a.dated(w.From, w.Until)
	}
	if len(asked) == 0 {
		return nil
	}
	if !a.known {
		return graph.Or{}
	}
	if a.kind == ByRegion {
		return a.placed(asked, true)
	}
	var any graph.Or
	for _, id := range asked {
		switch a.kind {
		case ByTheme:
			any = append(any, along(a.route.path, graph.Within{Tree: themeTree, ID: id}))
		case ByMinistry:
			any = append(any, a.of(id))
		default:
			any = append(any, a.valued(id))
		}
	}
	if len(any) == 1 {
		return any[0]
	}
	return any
}
