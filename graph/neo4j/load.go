package neo4j

import (
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
)

// node is a node as a write sees it.
type node struct {
	id, label string
	// element is Neo4j's own id of the node; "" for one that is not written yet.
	element string
	props   map[string]any
}

// rel is a relation as a write sees it.
type rel struct {
	relKey
	// elements holds Neo4j's own ids: more than one where another tool wrote the relation
	// more than once.
	elements []string
	props    map[string]any
}

type relKey struct{ typ, from, to string }

// stored is the part of the graph that a write touches, as it is in the database.
type stored struct {
	nodes map[string]*node
	rels  map[relKey]*rel
	// told tells that the log knows a node of the id and the label of an EraseNode.
	told bool
}

// load reads the nodes and relations that the changes name, the nodes that have a key
// which the changes give, and the relations of the nodes that are deleted or guarded.
func (w *writer) load(changes []graph.Change) (*stored, error) {
	b := &stored{nodes: map[string]*node{}, rels: map[relKey]*rel{}}
	nodes, ends, around := wanted{}, wanted{}, map[string]bool{}
	keys := map[relKey]bool{}
	for _, c := range changes {
		switch c.Op {
		case graph.Connect, graph.Disconnect:
			ends.add(c.From, w.store.rules.from[c.Type])
			ends.add(c.To, w.store.rules.to[c.Type])
			keys[relKey{c.Type, c.From, c.To}] = true
			if w.store.rules.Symmetric[c.Type] {
				keys[relKey{c.Type, c.To, c.From}] = true
			}
		case graph.Guard:
			ends.add(c.From+c.To, nil)
		case graph.DeleteNode:
			around[c.ID] = true
			nodes.add(c.ID, []string{c.Label})
		case graph.EraseNode:
			around[c.ID] = true
			for _, p := range c.Pseudonyms() {
				nodes.add(p.Name, []string{c.Label})
			}
			if err := w.loadTold(b, c); err != nil {
				return nil, err
			}
		default:
			nodes.add(c.ID, []string{c.Label})
		}
	}
	if err := w.loadNodes(b, nodes, "properties(n)"); err != nil {
		return nil, err
	}
	if err := w.loadHolders(b, changes); err != nil {
		return nil, err
	}
	// What a node that is no more than an end of a relation holds makes no difference.
	if err := w.loadNodes(b, ends, "null"); err != nil {
		return nil, err
	}
	if err := w.loadRelations(b, keys); err != nil {
		return nil, err
	}
	if err := w.loadGuarded(b, changes); err != nil {
		return nil, err
	}
	return b, w.loadAround(b, around)
}

// loadGuarded reads the relations of one type that guards are about.
func (w *writer) loadGuarded(b *stored, changes []graph.Change) error {
	for _, c := range changes {
		n := b.nodes[c.From+c.To]
		if c.Op != graph.Guard || n == nil || w.store.rules.Edges[c.Type] == nil {
			continue
		}
		pattern := "(n)-[r:" + cypher.Quote(c.Type) + "]->()"
		if c.From == "" {
			pattern = "()-[r:" + cypher.Quote(c.Type) + "]->(n)"
		}
		text := "MATCH (n) WHERE elementId(n) = $element MATCH " + pattern + " WHERE startNode(r).id IS NOT NULL AND endNode(r).id IS NOT NULL " +
			"RETURN type(r), startNode(r).id, endNode(r).id, elementId(r), properties(r)"
		if err := w.run(text, map[string]any{"element": n.element}, b.addRelation); err != nil {
			return err
		}
	}
	return nil
}

// wanted holds the ids of nodes to read, each with the types that it most likely has.
type wanted map[string][]string

func (w wanted) add(id string, labels []string) {
	if _, ok := w[id]; !ok {
		w[id] = labels
	}
}

// loadNodes reads nodes with what is to be known of their properties. An id can be of any
// type, and each type is one more index to look into; so it is sought where it is likely to
// be first, and only what is not there in all types.
func (w *writer) loadNodes(b *stored, ids wanted, props string) error {
	byLabels := map[string][]string{}
	for id, labels := range ids {
		if b.nodes[id] == nil && len(labels) > 0 && w.store.rules.known(labels) {
			pattern := quoted("", labels, "|")
			byLabels[pattern] = append(byLabels[pattern], id)
		}
	}
	for pattern, list := range byLabels {
		if err := w.seek(b, pattern, list, props); err != nil {
			return err
		}
	}
	var rest []string
	for id := range ids {
		if b.nodes[id] == nil {
			rest = append(rest, id)
		}
	}
	return w.seek(b, quoted("", w.store.model.Stored(), "|"), rest, props)
}

// seek reads the nodes of some types that have the ids.
func (w *writer) seek(b *stored, pattern string, ids []string, props string) error {
	if pattern == "" {
		return nil
	}
	text := "MATCH (n:" + pattern + ") WHERE n.id IN $ids RETURN n.id, labels(n), elementId(n), " + props
	for part := range slices.Chunk(ids, batch) {
		err := w.run(text, map[string]any{"ids": part}, func(values []any) { b.addNode(values, w.store.model.Stored()) })
		if err != nil {
			return err
		}
	}
	return nil
}

// addNode adds a node that was read: its id, labels, own id and properties.
func (b *stored) addNode(values []any, labels []string) {
	n := &node{}
	n.id, _ = values[0].(string)
	found, _ := values[1].([]any)
	n.label = labelOf(found, labels)
	n.element, _ = values[2].(string)
	props, _ := values[3].(map[string]any)
	n.props = properties(props)
	if b.nodes[n.id] == nil {
		b.nodes[n.id] = n
	}
}

// loadHolders reads the nodes that have a key which the changes give.
func (w *writer) loadHolders(b *stored, changes []graph.Change) error {
	type key struct{ label, prop string }
	given := map[key][]string{}
	for _, c := range changes {
		for _, p := range w.store.rules.keys[c.Label] {
			if value, ok := c.Props[p.Name].(string); ok {
				k := key{c.Label, p.Name}
				given[k] = append(given[k], value)
			}
		}
	}
	for k, values := range given {
		text := "MATCH (n:" + cypher.Quote(k.label) + ") WHERE n." + cypher.Quote(k.prop) + " IN $values " +
			"RETURN n.id, labels(n), elementId(n), properties(n)"
		for part := range slices.Chunk(values, batch) {
			err := w.run(text, map[string]any{"values": part}, func(values []any) { b.addNode(values, []string{k.label}) })
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// loadRelations reads the relations that changes name, type by type.
func (w *writer) loadRelations(b *stored, keys map[relKey]bool) error {
	rows := map[string][]any{}
	for key := range keys {
		from, to := b.nodes[key.from], b.nodes[key.to]
		if from != nil && to != nil && w.store.rules.Edges[key.typ] != nil {
			rows[key.typ] = append(rows[key.typ], []any{from.element, to.element, key.from, key.to})
		}
	}
	for typ, list := range rows {
		// The subquery has both ends found first; else the planner compares the ids at the other end of all relations
		// of one, and a theme has many.
		text := "UNWIND $rows AS row MATCH (a) WHERE elementId(a) = row[0] MATCH (b) WHERE elementId(b) = row[1] " +
			"CALL (a, b) { MATCH (a)-[r:" + cypher.Quote(typ) + "]->(b) RETURN r } RETURN type(r), row[2], row[3], elementId(r), properties(r)"
		for part := range slices.Chunk(list, batch) {
			if err := w.run(text, map[string]any{"rows": part}, b.addRelation); err != nil {
				return err
			}
		}
	}
	return nil
}

// loadAround reads all relations of nodes.
func (w *writer) loadAround(b *stored, ids map[string]bool) error {
	var elements []string
	for id := range ids {
		if n := b.nodes[id]; n != nil {
			elements = append(elements, n.element)
		}
	}
	if len(elements) == 0 {
		return nil
	}
	text := "UNWIND $rows AS row MATCH (n) WHERE elementId(n) = row MATCH (n)-[r]-() WITH DISTINCT r " +
		"WHERE startNode(r).id IS NOT NULL AND endNode(r).id IS NOT NULL " +
		"RETURN type(r), startNode(r).id, endNode(r).id, elementId(r), properties(r)"
	for part := range slices.Chunk(elements, batch) {
		if err := w.run(text, map[string]any{"rows": part}, b.addRelation); err != nil {
			return err
		}
	}
	return nil
}

// addRelation adds a relation that was read: its type, ends, own id and properties.
func (b *stored) addRelation(values []any) {
	var key relKey
	key.typ, _ = values[0].(string)
	key.from, _ = values[1].(string)
	key.to, _ = values[2].(string)
	element, _ := values[3].(string)
	r := b.rels[key]
	if r == nil {
		props, _ := values[4].(map[string]any)
		r = &rel{relKey: key, props: properties(props)}
		b.rels[key] = r
	}
	if !slices.Contains(r.elements, element) {
		r.elements = append(r.elements, element)
	}
}
