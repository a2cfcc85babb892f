package sqlite

import (
	"context"
	"database/sql/driver"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Read implements graph.Store.
func (s *Store) Read(ctx context.Context, q graph.Query) (*graph.Result, error) {
	results, err := s.ReadAll(ctx, []graph.Query{q})
	if err != nil {
		return nil, err
	}
	return results[0], nil
}

// ReadAll implements graph.Store.
func (s *Store) ReadAll(ctx context.Context, queries []graph.Query) ([]*graph.Result, error) {
	results := make([]*graph.Result, len(queries))
	err := s.reading(ctx, func(c *conn) error {
		r := &reader{ctx: ctx, store: s, conn: c}
		roots := func() (err error) {
			for i, q := range queries {
				r.asOf = q.AsOf
				if results[i], err = r.root(q.Root); err != nil {
					return err
				}
			}
			return nil
		}
		if len(queries) == 1 && single(queries[0].Root) {
			return roots()
		}
		return r.transaction(roots)
	})
	if err != nil {
		return nil, mapError(err)
	}
	return results, nil
}

// reading lends a connection for one read.
func (s *Store) reading(ctx context.Context, f func(*conn) error) error {
	c, err := s.readers.get(ctx)
	if err != nil {
		return err
	}
	defer s.readers.put(c)
	return f(c)
}

// reader executes queries on one connection.
type reader struct {
	ctx   context.Context
	store *Store
	conn  *conn
	asOf  string
	// refreshed tells that the vocabulary covers what this transaction sees.
	refreshed bool
}

// transaction makes all statements of f see one state.
func (r *reader) transaction(f func() error) error {
	if _, err := r.conn.control(context.Background(), "BEGIN"); err != nil {
		return err
	}
	err := f()
	if _, e := r.conn.control(context.Background(), "COMMIT"); e != nil && err == nil {
		err = e
	}
	return err
}

// single tells whether a selection takes one statement, which sees one state anyway.
func single(sel *graph.Selection) bool {
	return !sel.Count && len(sel.Aggregates) == 0 && len(sel.Links) == 0 && !usesText(sel)
}

// compiler returns a compiler for the next statement.
func (r *reader) compiler() *compiler {
	return &compiler{store: r.store, asOf: r.asOf, terms: &r.store.vocabulary}
}

// root executes the selection that a query begins with.
func (r *reader) root(sel *graph.Selection) (*graph.Result, error) {
	l := &level{sel: sel, parents: []int64{0}, results: map[int64]*graph.Result{0: {}}}
	if err := r.level(l); err != nil {
		return nil, err
	}
	return l.results[0], nil
}

// level is one selection for all its parents.
type level struct {
	sel *graph.Selection
	// link is the way from the parents; nil at the root, whose only parent is 0, which
	// is no row's id.
	link    *graph.Link
	parents []int64
	// results holds the result for each parent.
	results map[int64]*graph.Result
	// nodes holds the nodes that were found, once each, by row id. Each row has a Node of
	// its own, which shares its properties and links with the one here.
	nodes map[int64]*graph.Node
	nids  map[*graph.Node]int64
	// onPage holds the row ids of the nodes that are left when the pages are cut, where
	// links lead on from them.
	onPage []int64
}

// one tells whether each parent leads to one node at most.
func (l *level) one() bool { return l.link != nil && l.link.One }

// level fills in the results of a level and then those of its links.
func (r *reader) level(l *level) error {
	if usesText(l.sel) && !r.refreshed {
		if err := r.store.vocabulary.refresh(r.ctx, r.conn); err != nil {
			return err
		}
		r.refreshed = true
	}
	l.nodes, l.nids = map[int64]*graph.Node{}, map[*graph.Node]int64{}
	if err := r.rows(l); err != nil {
		return err
	}
	if !l.one() {
		if l.sel.Count {
			if err := r.count(l); err != nil {
				return err
			}
		}
		for i := range l.sel.Aggregates {
			if err := r.aggregate(l, &l.sel.Aggregates[i]); err != nil {
				return err
			}
		}
	}
	for i := range l.sel.Links {
		if err := r.follow(l, &l.sel.Links[i]); err != nil {
			return err
		}
	}
	return nil
}

// follow executes a link for all nodes of a level at once.
func (r *reader) follow(l *level, link *graph.Link) error {
	next := &level{sel: link.Selection, link: link, results: make(map[int64]*graph.Result, len(l.onPage))}
	for _, nid := range l.onPage {
		n := l.nodes[nid]
		if len(link.On) > 0 && !slices.Contains(link.On, n.Label) {
			continue
		}
		result := &graph.Result{}
		n.Links[link.Key] = result
		next.results[nid] = result
		next.parents = append(next.parents, nid)
	}
	if len(next.parents) == 0 {
		return nil
	}
	return r.level(next)
}

// count fills in the number of rows before the page was cut.
func (r *reader) count(l *level) error {
	c := r.compiler()
	if l.link == nil {
		c.add("SELECT 0,COUNT(*)")
	} else {
		c.add("SELECT p.value,COUNT(*)")
	}
	if err := c.source(l, nil); err != nil {
		return err
	}
	if l.link != nil {
		c.add(" GROUP BY 1")
	}
	return r.conn.query(r.ctx, c.String(), c.args, func(row []driver.Value) error {
		if result := l.results[integer(row[0])]; result != nil {
			result.Count = integer(row[1])
		}
		return nil
	})
}

// source writes FROM and WHERE for the rows of a level before the page is cut: n is the
// node, e the relation and p.value the parent.
func (c *compiler) source(l *level, keys []sortKey) error {
	if l.link == nil {
		c.add(" FROM node n")
		c.scores(keys, "n")
		c.add(" WHERE ", c.hasLabel("n", l.sel.Labels))
	} else {
		c.add(" FROM json_each(")
		c.arg(nids(l.parents))
		c.add(") p CROSS JOIN edge e ON ")
		c.hop("e", "p.value", l.link.Hop)
		c.add(" CROSS JOIN node n ON n.nid=", far("e", "p.value", l.link.Hop.Direction))
		c.scores(keys, "n")
		c.add(" WHERE ", c.hasLabel("n", l.link.Hop.Labels))
		if l.sel.Edge != nil {
			c.add(" AND ")
			if err := c.edgeFilter(l.sel.Edge, "e"); err != nil {
				return err
			}
		}
	}
	if l.sel.Where == nil {
		return nil
	}
	c.add(" AND ")
	return c.filter(l.sel.Where, "n")
}

func integer(v driver.Value) int64 {
	n, _ := v.(int64)
	return n
}

// usesText tells whether a selection, leaving out its links, has a full-text query.
func usesText(sel *graph.Selection) bool {
	return filterUsesText(sel.Where) || slices.ContainsFunc(sel.Order, func(o graph.Order) bool { return o.Relevance != nil })
}

func filterUsesText(f graph.Filter) bool {
	switch f := f.(type) {
	case graph.And:
		return slices.ContainsFunc(f, filterUsesText)
	case graph.Or:
		return slices.ContainsFunc(f, filterUsesText)
	case graph.Not:
		return filterUsesText(f.Filter)
	case graph.Related:
		return filterUsesText(f.Where) || filterUsesText(f.Filter)
	case graph.Matches:
		return f.Mode != graph.Prefix
	}
	return false
}
