package corpus

import "slices"

// hub is a node through which a document hangs together with others, and the share of
// what flows out of the document that goes there.
type hub struct {
	node  int32
	share float64
}

// bond is a kind of hub.
type bond int

const (
	byPerson bond = iota // the documents of one person
	byGroup              // those of one lectoraat
	byWork               // what cites one work or came out of it
	byTheme              // those about one theme
	bonds
)

// bondShares divide what flows out of a document over the kinds of hub that it has.
var bondShares = [bonds]float64{byPerson: 1, byGroup: 0.5, byWork: 0.5, byTheme: 0.25}

// ties says through which relations a document hangs together with others: the bond
// that the node on the far side makes, by type, for relations from and to the document's node.
var ties = map[string]struct{ out, in map[string]bond }{
	"Person":      {out: map[string]bond{"LEADS": byGroup, "RESEARCHES_IN": byGroup}},
	"Lectoraat":   {out: map[string]bond{"ABOUT": byTheme}, in: map[string]bond{"LEADS": byPerson, "RESEARCHES_IN": byPerson}},
	"Publication": {out: map[string]bond{"AUTHORED_BY": byPerson, "PUBLISHED_AT": byGroup, "ABOUT": byTheme, "CITES": byWork}},
	"Project":     {out: map[string]bond{"ABOUT": byTheme, "HOSTED_BY": byWork}, in: map[string]bond{"WORKS_ON": byPerson, "CONTRIBUTES_TO": byGroup}},
	"Result":      {out: map[string]bond{"ABOUT": byTheme, "RESULT_OF": byWork}},
	"Fieldlab":    {out: map[string]bond{"ABOUT": byTheme}},
	"Offer":       {out: map[string]bond{"ABOUT": byTheme}},
}

// selfBonds says which nodes are themselves hubs for their own text: always, or where
// a relation of that type leads to them.
var selfBonds = map[string]struct {
	bond bond
	via  string
}{
	"Person": {bond: byPerson}, "Lectoraat": {bond: byGroup},
	"Publication": {bond: byWork, via: "CITES"}, "Project": {bond: byWork, via: "RESULT_OF"}, "Fieldlab": {bond: byWork, via: "HOSTED_BY"},
}

// fasten ties a node's document to its hubs.
func (c *Corpus) fasten(n int32) {
	node := &c.Nodes[n]
	if node.Doc < 0 {
		return
	}
	var found []hub
	var count [bonds]float64
	add := func(to int32, b bond) {
		// The bond stands in share until all are known.
		found = append(found, hub{node: to, share: float64(b)})
		count[b]++
	}
	tie := ties[node.Label]
	for _, e := range node.Out {
		if b, ok := tie.out[e.Type]; ok {
			add(e.To, b)
		}
	}
	if self, ok := selfBonds[node.Label]; ok && (self.via == "" || hasEdge(node.In, self.via)) {
		add(n, self.bond)
	}
	if tie.in != nil {
		for _, e := range node.In {
			if b, ok := tie.in[e.Type]; ok {
				add(e.To, b)
			}
		}
	}
	total := 0.0
	for b, k := range count {
		if k > 0 {
			total += bondShares[b]
		}
	}
	for i, h := range found {
		b := bond(h.share)
		found[i].share = bondShares[b] / total / count[b]
		c.members[h.node] = append(c.members[h.node], node.Doc)
	}
	c.hubs[node.Doc] = found
}

func hasEdge(edges []Edge, typ string) bool {
	return slices.ContainsFunc(edges, func(e Edge) bool { return e.Type == typ })
}

// loosen unties a node's document.
func (c *Corpus) loosen(n int32) {
	doc := c.Nodes[n].Doc
	if doc < 0 {
		return
	}
	for _, h := range c.hubs[doc] {
		c.members[h.node] = slices.DeleteFunc(c.members[h.node], func(d int32) bool { return d == doc })
	}
	c.hubs[doc] = nil
}

// refasten does both for the ends of a relation that came or went.
func (c *Corpus) refasten(typ string, ends ...int32) {
	if c.loading {
		return
	}
	for _, n := range ends {
		tie, self := ties[c.Nodes[n].Label], selfBonds[c.Nodes[n].Label]
		_, out := tie.out[typ]
		_, in := tie.in[typ]
		if out || in || self.via == typ {
			c.loosen(n)
			c.fasten(n)
		}
	}
}
