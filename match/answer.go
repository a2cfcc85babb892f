package match

import (
	"cmp"
	"slices"
	"strings"
)

// Answer is the ranking for one question.
type Answer struct {
	// Matches holds the page that was asked for, the best first; equal scores are
	// ordered by id.
	Matches []*Match
	// Total is the number of candidates with a score above 0.
	Total int
	// Ranking holds the ids of all of them, best first.
	Ranking    []string
	Understood Understood
	// Names holds the readable names of the nodes that candidates and evidence speak of.
	Names map[string]Name
}

// Name is a node's name in both languages.
type Name struct{ NL, EN string }

// Understood tells how the question was read.
type Understood struct {
	Themes []ThemeWeight
	// Words are the words that texts were searched for, folded.
	Words   []string
	Regions []string
	// Notes tell what could not be taken into account, and why.
	Notes []string
}

// ThemeWeight is a theme of the question.
type ThemeWeight struct {
	ID     string
	Weight float64
	// Words are the words it was recognised by, nil where it was given.
	Words []string
	// node is the theme, given tells that it was not merely recognised or inferred.
	node  int32
	given bool
}

// Match is one pair of a question and a candidate.
type Match struct {
	// ID is the candidate's node, Vraagstuk that of the question, "" where it is none
	// of the graph's.
	ID, Vraagstuk string
	// Score is the sum of the factors' contributions, between 0 and 1.
	Score   float64
	Factors []Score
	// Home names where a candidate belongs: a lectoraat, institution and region, each
	// "" where it is not known.
	Home Home
	// Declined is the reason why this candidate was declined for this vraagstuk before,
	// nil where it was not.
	Declined *string
}

// Home is where a candidate belongs, as ids.
type Home struct{ Lectoraat, Institution, Region string }

// Score is one factor of a match.
type Score struct {
	Factor Factor
	// Value is the sum of the evidence, between 0 and 1.
	Value, Weight float64
	// Evidence is sorted by value, the strongest first, then by node.
	Evidence []Evidence
}

// Contribution is what the factor adds to the score.
func (s Score) Contribution() float64 { return s.Value * s.Weight }

// Evidence is a fact that supports a match.
type Evidence struct {
	// Node is what the fact is about. Relation is the relation that ties it to the
	// candidate, OWN for the candidate itself, VIA for what its texts have through
	// others (a colleague, lectoraat, theme or cited work), or REST for the sum of what
	// is too little to be shown one by one.
	Node, Relation string
	Value          float64
	Source, Date   string
	// Words are the words of the node's text that were hit.
	Words []string
}

// Place is a place in a ranking: that of a match.
type Place struct {
	Score float64
	ID    string
}

// ranked is a node in a ranking.
type ranked struct {
	node  int32
	id    string
	score float64
}

func compareRanked(a, b ranked) int {
	return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.id, b.id))
}

// page cuts a ranking; first 0 takes all.
func page(all []ranked, first int, after *Place) []ranked {
	if after != nil {
		i, found := slices.BinarySearchFunc(all, ranked{id: after.ID, score: after.Score}, compareRanked)
		if found {
			i++
		}
		all = all[i:]
	}
	if first > 0 && len(all) > first {
		all = all[:first]
	}
	return all
}

// understood tells how a question was read.
func (a *Answer) understood(rd *reading, q *question) {
	a.Understood = Understood{Themes: q.themes, Words: q.words()}
	for _, t := range q.themes {
		a.name(rd, t.node)
	}
	for _, r := range q.regions {
		a.Understood.Regions = append(a.Understood.Regions, rd.c.Nodes[r].ID)
		a.name(rd, r)
	}
}

// name remembers a node's names and returns its id.
func (a *Answer) name(rd *reading, n int32) string {
	node := &rd.c.Nodes[n]
	a.Names[node.ID] = Name{NL: node.NL, EN: node.EN}
	return node.ID
}
