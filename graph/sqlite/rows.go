package sqlite

import (
	"database/sql/driver"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// rows fills in the rows of a level with one statement.
func (r *reader) rows(l *level) error {
	keys := l.keys()
	c := r.compiler()
	if err := c.rows(l, keys); err != nil {
		return err
	}
	d := decoder{level: l, keys: keys, want: set(l.sel.Props), wantEdge: set(l.sel.EdgeProps)}
	if err := r.conn.query(r.ctx, c.String(), c.args, d.row); err != nil {
		return err
	}
	for _, result := range l.results {
		l.cut(result)
		if len(l.sel.Links) == 0 {
			continue
		}
		for _, row := range result.Rows {
			l.onPage = append(l.onPage, l.nids[row.Node])
		}
	}
	slices.Sort(l.onPage)
	l.onPage = slices.Compact(l.onPage)
	return nil
}

// keys returns the sort keys of a level; to one node there is no order.
func (l *level) keys() []sortKey {
	if l.one() {
		return nil
	}
	return sortKeys(l.sel.Order, l.sel.Page.Backward)
}

// cut takes off the row that was read to see whether there are more, and puts the rows
// in the order of the list.
func (l *level) cut(result *graph.Result) {
	if l.one() {
		return
	}
	if limit := l.sel.Page.Limit; limit >= 0 && len(result.Rows) > limit {
		result.Rows, result.More = result.Rows[:limit], true
	}
	if l.sel.Page.Backward {
		slices.Reverse(result.Rows)
	}
}

// rows writes the statement for the rows of a level. Its columns are the parent, those
// of the node, those of the relation where any are wanted, and the sort values.
func (c *compiler) rows(l *level, keys []sortKey) error {
	page := l.sel.Page
	c.relevances(keys)
	switch {
	case l.one():
		if err := c.plainRows(l, nil); err != nil {
			return err
		}
		c.add(" ORDER BY e.since DESC,n.id")
	case page.Limit < 0 || len(l.parents) <= 1:
		if err := c.plainRows(l, keys); err != nil {
			return err
		}
		c.orderBy(keys, "", "n.id", page.Backward)
		if page.Limit >= 0 {
			c.add(" LIMIT ")
			c.arg(int64(page.Limit) + 1)
		}
	default:
		return c.rankedRows(l, keys)
	}
	return nil
}

func (c *compiler) plainRows(l *level, keys []sortKey) error {
	c.add("SELECT ", l.parent(), ",n.nid,n.id,n.label,n.props", l.edgeColumns("e"))
	return c.selected(l, keys)
}

// selected writes the sort values and the rows between the cursors.
func (c *compiler) selected(l *level, keys []sortKey) error {
	edge := ""
	if l.link != nil {
		edge = "e"
	}
	c.sortColumns(keys, edge, "n")
	if err := c.source(l, keys); err != nil {
		return err
	}
	if l.one() {
		return nil
	}
	return c.page(l.sel.Page, l.sel.Order, "n.id")
}

// rankedRows cuts a page for each of many parents: rows are ranked within their parent
// first, and only those on the page are read with their properties.
func (c *compiler) rankedRows(l *level, keys []sortKey) error {
	page := l.sel.Page
	c.add("SELECT r.parent,n.nid,n.id,n.label,n.props")
	if len(l.sel.EdgeProps) > 0 {
		c.add(",r.since,r.until,r.props")
	}
	for _, k := range keys {
		c.add(",r.", k.alias)
	}
	c.add(" FROM (SELECT s.*,ROW_NUMBER() OVER (PARTITION BY s.parent")
	c.orderBy(keys, "s.", "s.id", page.Backward)
	c.add(") AS place FROM (SELECT p.value AS parent,n.nid,n.id", l.edgeColumns("e"))
	if err := c.selected(l, keys); err != nil {
		return err
	}
	c.add(") s) r CROSS JOIN node n ON n.nid=r.nid WHERE r.place<=")
	c.arg(int64(page.Limit) + 1)
	c.add(" ORDER BY r.place")
	return nil
}

func (l *level) parent() string {
	if l.link == nil {
		return "0"
	}
	return "p.value"
}

// edgeColumns lists the columns of the relation, where its properties are wanted.
func (l *level) edgeColumns(edge string) string {
	if l.link == nil || len(l.sel.EdgeProps) == 0 {
		return ""
	}
	return "," + edge + ".since," + edge + ".until," + edge + ".props"
}

// decoder turns the rows of a statement into those of the results.
type decoder struct {
	level          *level
	keys           []sortKey
	want, wantEdge map[string]bool
}

func (d decoder) row(values []driver.Value) error {
	l := d.level
	result := l.results[integer(values[0])]
	if result == nil || l.one() && len(result.Rows) > 0 {
		return nil
	}
	n, err := d.node(values)
	if err != nil {
		return err
	}
	row := graph.Row{Node: n, Cursor: make(graph.Cursor, 0, len(d.keys)+1)}
	rest := values[5:]
	if l.link != nil {
		if row.Edge, err = d.edge(&rest); err != nil {
			return err
		}
	}
	for i, k := range d.keys {
		row.Cursor = append(row.Cursor, sortedValue(k, rest[i]))
	}
	row.Cursor = append(row.Cursor, n.ID)
	result.Rows = append(result.Rows, row)
	return nil
}

// node returns the node of a row. It is decoded once however many parents lead to it.
func (d decoder) node(values []driver.Value) (*graph.Node, error) {
	nid := integer(values[1])
	if n := d.level.nodes[nid]; n != nil {
		twin := *n
		d.remember(&twin, nid)
		return &twin, nil
	}
	n := &graph.Node{}
	n.ID, _ = values[2].(string)
	n.Label, _ = values[3].(string)
	var err error
	if len(d.want) == 0 {
		n.Props = map[string]any{}
	} else if n.Props, err = decodeColumn(values[4], d.want); err != nil {
		return nil, err
	}
	if links := len(d.level.sel.Links); links > 0 {
		n.Links = make(map[string]*graph.Result, links)
	}
	d.level.nodes[nid] = n
	d.remember(n, nid)
	return n, nil
}

// remember keeps the row id of a node from which links lead on.
func (d decoder) remember(n *graph.Node, nid int64) {
	if len(d.level.sel.Links) > 0 {
		d.level.nids[n] = nid
	}
}

// edge takes the relation's properties off the front of the values.
func (d decoder) edge(values *[]driver.Value) (map[string]any, error) {
	if len(d.wantEdge) == 0 {
		return map[string]any{}, nil
	}
	v := *values
	*values = v[3:]
	return decodeEdge(v[0], v[1], v[2], d.wantEdge)
}

// decodeEdge puts together the properties of a relation from its columns; a nil want
// asks for all.
func decodeEdge(sinceValue, untilValue, blob driver.Value, want map[string]bool) (map[string]any, error) {
	props, err := decodeColumn(blob, want)
	if err != nil {
		return nil, err
	}
	for name, value := range map[string]driver.Value{since: sinceValue, until: untilValue} {
		if s, ok := value.(string); ok && (want == nil || want[name]) {
			props[name] = s
		}
	}
	return props, nil
}

func decodeColumn(value driver.Value, want map[string]bool) (map[string]any, error) {
	blob, ok := value.([]byte)
	if !ok {
		return nil, errJSONB
	}
	return decodeProps(blob, want)
}

// sortedValue returns a value of the cursor as the kind of its key.
func sortedValue(k sortKey, v driver.Value) any {
	if n, ok := v.(int64); ok && k.Kind == graph.Bool && k.Count == nil {
		return n != 0
	}
	return v
}

func set(names []string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, name := range names {
		m[name] = true
	}
	return m
}
