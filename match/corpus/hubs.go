package corpus

import "slices"

// bind ties a document to a hub, a node through which it hangs together with others: to is
// the hub, or seen from there the document, and share is the part of what flows out of the
// document that goes there.
type bind struct {
	to    int32
	share float32
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
var ties = map[string]struct{ out, in map[Relation]bond }{
	"Person":      {out: map[Relation]bond{Leads: byGroup, ResearchesIn: byGroup}},
	"Lectoraat":   {out: map[Relation]bond{About: byTheme}, in: map[Relation]bond{Leads: byPerson, ResearchesIn: byPerson}},
	"Publication": {out: map[Relation]bond{AuthoredBy: byPerson, PublishedAt: byGroup, About: byTheme, Cites: byWork}},
	"Project":     {out: map[Relation]bond{About: byTheme, HostedBy: byWork}, in: map[Relation]bond{WorksOn: byPerson, ContributesTo: byGroup}},
	"Result":      {out: map[Relation]bond{About: byTheme, ResultOf: byWork}},
	"Fieldlab":    {out: map[Relation]bond{About: byTheme}},
	"Offer":       {out: map[Relation]bond{About: byTheme}},
}

// selfBonds says which nodes are themselves hubs for their own text: always, or where
// a relation of that type leads to them.
var selfBonds = map[string]struct {
	bond bond
	via  Relation
}{
	"Person": {bond: byPerson}, "Lectoraat": {bond: byGroup},
	"Publication": {bond: byWork, via: Cites}, "Project": {bond: byWork, via: ResultOf}, "Fieldlab": {bond: byWork, via: HostedBy},
}

// fasten ties a node's document to its hubs.
func (c *Corpus) fasten(n int32) {
	node := &c.Nodes[n]
	if node.Doc < 0 {
		return
	}
	var found []bind
	var count [bonds]float64
	add := func(to int32, b bond) {
		// The bond stands in share until all are known.
		found = append(found, bind{to: to, share: float32(b)})
		count[b]++
	}
	tie := ties[node.Label]
	for _, e := range node.Out {
		if b, ok := tie.out[e.Type]; ok {
			add(e.To, b)
		}
	}
	if self, ok := selfBonds[node.Label]; ok && (self.via == None || hasEdge(node.In, self.via)) {
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
		found[i].share = float32(bondShares[b] / total / count[b])
		c.members[h.to] = append(c.members[h.to], bind{to: node.Doc, share: found[i].share})
	}
	c.hubs[node.Doc] = found
}

func hasEdge(edges []Edge, typ Relation) bool {
	return slices.ContainsFunc(edges, func(e Edge) bool { return e.Type == typ })
}

// loosen unties a node's document.
func (c *Corpus) loosen(n int32) {
	doc := c.Nodes[n].Doc
	if doc < 0 {
		return
	}
	for _, h := range c.hubs[doc] {
		c.members[h.to] = slices.DeleteFunc(c.members[h.to], func(m bind) bool { return m.to == doc })
	}
	c.hubs[doc] = nil
}

// refasten does both for the ends of a relation that came or went.
func (c *Corpus) refasten(typ Relation, ends ...int32) {
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
