package match

import (
	"slices"

	"github.com/i-partnerschap/kennisgraaf/match/corpus"
)

// What a connection to who poses the question counts, by its kind.
const (
	sharedProject  = 0.5 // in one project with it
	sharedFieldlab = 0.4 // partners in one fieldlab
	worksThere     = 0.5 // works or worked there
	mostNetwork    = 1.0
)

// connections returns the facts that connect nodes with who poses the question: what
// they did together, and who worked on both sides.
func (s *scorer) connections(posedBy int32) map[int32][]fact {
	if posedBy < 0 {
		return nil
	}
	if out, known := s.known[posedBy]; known {
		return out
	}
	out := map[int32][]fact{}
	nodes := s.reading.c.Nodes
	for _, e := range nodes[posedBy].Out {
		if e.Type != corpus.PartnerIn {
			continue
		}
		value := sharedProject
		if nodes[e.To].Label == "Fieldlab" {
			value = sharedFieldlab
			out[e.To] = append(out[e.To], fact{node: posedBy, relation: e.Type, value: value, at: e.To + 1})
		}
		for _, with := range nodes[e.To].In {
			if with.To != posedBy && (with.Type == corpus.WorksOn || with.Type == corpus.ContributesTo || with.Type == corpus.PartnerIn) {
				out[with.To] = append(out[with.To], fact{node: e.To, relation: with.Type, value: value})
			}
		}
	}
	for _, e := range nodes[posedBy].In {
		if e.Type == corpus.AffiliatedWith {
			out[e.To] = append(out[e.To], fact{node: posedBy, relation: e.Type, value: worksThere * s.current(e), at: e.To + 1})
		}
	}
	if s.known == nil {
		s.known = map[int32]map[int32][]fact{}
	}
	s.known[posedBy] = out
	return out
}

// network adds up the connections of the candidate's circle, each thing once.
func (s *scorer) network(out []fact) []fact {
	from, sum := len(out), 0.0
	for _, m := range s.p.circle {
		for _, f := range s.links[m.node] {
			if slices.ContainsFunc(out[from:], func(x fact) bool { return x.node == f.node }) {
				continue
			}
			f.value *= m.share
			sum += f.value
			out = append(out, f)
		}
	}
	if sum > mostNetwork {
		for i := range out[from:] {
			out[from+i].value *= mostNetwork / sum
		}
	}
	return out
}
