package corpus

import (
	"slices"
	"sync"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Corpus is an image of the graph. It does not change while it is lent out by
// [Cache.Use].
type Corpus struct {
	// Nodes holds all nodes; a number stands for the node at that place.
	Nodes []Node
	ids   map[string]int32
	// labels holds the nodes of each type, those that are gone included.
	labels map[string][]int32
	docs   *documents
	norms  []float64
	// hubs holds, for each document, the nodes through which it hangs together with
	// others; members is the other side, by node.
	hubs, members [][]bind
	// strings keeps one copy of what many nodes share.
	strings map[string]string
	// props holds the different properties of relations, the first being none, propsAt where
	// each is.
	props   []EdgeProps
	propsAt map[EdgeProps]int32
	// loading puts off the ties of documents until all relations are in.
	loading bool
	// version counts the refreshes.
	version int
	seq     int64
	// erased holds, by type, how often nodes that were erased are yet to be swept out.
	erased map[string]int
	lent   sync.Pool
}

func newCorpus() *Corpus {
	return &Corpus{ids: map[string]int32{}, labels: map[string][]int32{}, docs: newDocuments(), strings: map[string]string{},
		props: make([]EdgeProps, 1), propsAt: map[EdgeProps]int32{{}: 0}, erased: map[string]int{}}
}

// Version tells states of the same corpus apart.
func (c *Corpus) Version() int { return c.version }

// Size returns the number of documents and of different words.
func (c *Corpus) Size() (documents, words int) { return c.docs.alive, len(c.docs.lex.words) }

// Find returns a node by its id.
func (c *Corpus) Find(id string) (int32, bool) {
	n, ok := c.ids[id]
	return n, ok
}

// Of returns the nodes of a type.
func (c *Corpus) Of(label string) []int32 {
	return slices.DeleteFunc(slices.Clone(c.labels[label]), func(n int32) bool { return c.Nodes[n].gone })
}

// Doc returns the node that a document is the text of.
func (c *Corpus) Doc(doc int32) int32 { return c.docs.node[doc] }

// Documents returns the number of document numbers, those of no document included.
func (c *Corpus) Documents() int { return len(c.docs.length) }

func (c *Corpus) shared(s string) string {
	if s == "" {
		return ""
	}
	if known, ok := c.strings[s]; ok {
		return known
	}
	c.strings[s] = s
	return s
}

// upsert takes a node in, or what it has become.
func (c *Corpus) upsert(label, id string, props map[string]any) {
	if _, matters := kept[label]; !matters {
		return
	}
	n, known := c.ids[id]
	if !known {
		n = int32(len(c.Nodes))
		c.ids[id] = n
		c.Nodes, c.members = append(c.Nodes, Node{ID: id, Label: c.shared(label), Doc: -1}), append(c.members, nil)
		c.labels[label] = append(c.labels[label], n)
	}
	node := &c.Nodes[n]
	node.fill(props)
	node.Source, node.Status, node.Date = c.shared(node.Source), c.shared(node.Status), c.shared(node.Date)
	c.setText(n, texts(label, props))
}

// setText gives a node another text, none for none.
func (c *Corpus) setText(n int32, texts []string) {
	if old := c.Nodes[n].Doc; old >= 0 {
		c.loosen(n)
		c.docs.remove(old)
		c.Nodes[n].Doc = -1
	}
	if len(texts) > 0 {
		c.Nodes[n].Doc = c.docs.add(n, texts)
		c.hubs = append(c.hubs, nil)
		if !c.loading {
			c.fasten(n)
		}
	}
}

// remove takes a node out, with its relations.
func (c *Corpus) remove(id string) {
	n, known := c.ids[id]
	if !known {
		return
	}
	c.setText(n, nil)
	for _, e := range slices.Clone(c.Nodes[n].Out) {
		c.disconnect(e.Type, n, e.To)
	}
	for _, e := range slices.Clone(c.Nodes[n].In) {
		c.disconnect(e.Type, e.To, n)
	}
	delete(c.ids, id)
	c.Nodes[n] = Node{Label: c.Nodes[n].Label, Doc: -1, gone: true} // nothing of it stays in memory
}

// connect takes a relation in, or what has become of it.
func (c *Corpus) connect(typ Relation, from, to string, props map[string]any) {
	a, okA := c.ids[from]
	b, okB := c.ids[to]
	if okA && okB && slices.Contains(relations[c.Nodes[a].Label], typ) {
		c.link(typ, a, b, c.propsOf(props))
	}
}

// link does it for nodes and properties that are known.
func (c *Corpus) link(typ Relation, a, b, props int32) {
	c.disconnect(typ, a, b)
	c.Nodes[a].Out = append(c.Nodes[a].Out, Edge{Type: typ, To: b, props: props})
	c.Nodes[b].In = append(c.Nodes[b].In, Edge{Type: typ, To: a, props: props})
	c.refasten(typ, a, b)
}

// disconnect takes a relation out, if it is there.
func (c *Corpus) disconnect(typ Relation, a, b int32) {
	drop := func(list []Edge, to int32) []Edge {
		return slices.DeleteFunc(list, func(e Edge) bool { return e.To == to && e.Type == typ })
	}
	before := len(c.Nodes[a].Out)
	c.Nodes[a].Out = drop(c.Nodes[a].Out, b)
	if len(c.Nodes[a].Out) == before {
		return
	}
	c.Nodes[b].In = drop(c.Nodes[b].In, a)
	c.refasten(typ, a, b)
}

// apply takes in an entry of the change log. Taking one in again changes nothing.
func (c *Corpus) apply(e graph.LogEntry) {
	switch {
	case e.Type != "" && e.After != nil, e.Op == graph.Connect:
		c.connect(relationOf(e.Type), e.From, e.To, e.After)
	case e.Type != "":
		a, okA := c.ids[e.From]
		b, okB := c.ids[e.To]
		if okA && okB {
			c.disconnect(relationOf(e.Type), a, b)
		}
	case e.Op == graph.DeleteNode:
		c.remove(e.ID)
	case e.Op == graph.CreateNode:
		c.remove(e.ID) // one that was erased and whose id came back
		c.upsert(e.Label, e.ID, e.After)
	default:
		c.upsert(e.Label, e.ID, e.After)
	}
}

// prepare makes ready what queries need, after changes.
func (c *Corpus) prepare() {
	c.version++
	for l := range c.docs.lex.langs {
		c.docs.lex.langs[l].prepare()
	}
	c.norms = slices.Grow(c.norms[:0], len(c.docs.length))[:len(c.docs.length)]
	for i := range c.norms {
		c.norms[i] = c.docs.norm(int32(i))
	}
}
