package match

import (
	"sync"

	"github.com/i-partnerschap/kennisgraaf/match/corpus"
)

// profile is what the graph knows of a candidate. Nodes are numbers of the corpus.
type profile struct {
	node int32
	// ties connect it with themes.
	ties []tie
	// works are its documents, those of its track record among them.
	works  []work
	places []place
	// free are the facts that say when it can be had.
	free []fact
	// circle holds the nodes whose connections count for it, with how much they do.
	circle []member
	home   home
	// seen holds, by node, the turn that it was last taken in at; each profile is a turn.
	seen []int32
	turn int32
}

// profiles lends out the memory of profiles.
type profiles struct{ pool sync.Pool }

// get returns a profile for a corpus of that many nodes.
func (l *profiles) get(nodes int) profile {
	if p, ok := l.pool.Get().(*profile); ok && len(p.seen) == nodes {
		return *p
	}
	return profile{seen: make([]int32, nodes)}
}

func (l *profiles) put(p profile) { l.pool.Put(&p) }

// tie connects a candidate with a theme. at is the node that the fact is found at.
type tie struct {
	theme, at int32
	relation  corpus.Relation
	strength  float64
}

// work is a text, project or publication of a candidate.
type work struct {
	// doc is the number of its text, -1 where it has none, year when it was made, 0 where
	// that is not known.
	node, doc int32
	year      int16
	relation  corpus.Relation
	record    bool
	share     float64
}

// place is a region that a candidate is in.
type place struct {
	region, at int32
	relation   corpus.Relation
	strength   float64
}

type member struct {
	node  int32
	share float64
}

// home is where a candidate belongs; -1 is nowhere.
type home struct{ lectoraat, institution, region int32 }

// How much a tie counts.
const (
	seatStrength   = 1.0
	branchStrength = 0.7
	pastStrength   = 0.5
	workShare      = 0.8
	// A connection of the lectoraat or the institution counts for who works there.
	lectoraatCircle   = 0.6
	institutionCircle = 0.3
	// fullHours is how many hours a week are as good as any more.
	fullHours = 8.0
)

var levelStrength = map[string]float64{"BASIS": 0.5, "GEVORDERD": 0.8, "EXPERT": 1}

// spec says what candidates of a kind are.
type spec struct {
	label string
	is    func(*corpus.Node) bool
	read  func(*reader, *profile)
}

var specs = map[Supply]spec{
	Lector:      {label: "Person", is: func(n *corpus.Node) bool { return n.Lector }, read: (*reader).lector},
	Lectoraat:   {label: "Lectoraat", read: (*reader).lectoraat},
	Institution: {label: "Institution", read: (*reader).institution},
	Fieldlab:    {label: "Fieldlab", read: (*reader).fieldlab},
	Offer:       {label: "Offer", read: (*reader).offer},
}

// kindOf returns the kind of candidate that a node is.
func kindOf(n *corpus.Node) (Supply, bool) {
	for kind, s := range specs {
		if s.label == n.Label && (s.is == nil || s.is(n)) {
			return kind, true
		}
	}
	return "", false
}

// reset empties the profile for another candidate, keeping its memory.
func (p *profile) reset(n int32) {
	*p = profile{node: n, ties: p.ties[:0], works: p.works[:0], places: p.places[:0], free: p.free[:0], circle: p.circle[:0],
		seen: p.seen, turn: p.turn + 1, home: home{-1, -1, -1}}
}
