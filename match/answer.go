package match

// Answer is the ranking for one question.
type Answer struct {
	// Matches holds every candidate with a score above 0, the best first; equal
	// scores are ordered by id.
	Matches    []*Match
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
}

// ThemeWeight is a theme of the question.
type ThemeWeight struct {
	ID     string
	Weight float64
	// Words are the words it was recognised by, nil where it was given.
	Words []string
}

// Match is one candidate.
type Match struct {
	// ID is the candidate's node.
	ID string
	// Score is the sum of the factors' contributions, between 0 and 1.
	Score   float64
	Factors []Score
	// Home names where a candidate belongs: a lectoraat, institution and region, each
	// "" where it is not known.
	Home Home
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
	// Node is what the fact is about, Relation the relation that ties it to the
	// candidate, or OWN for the candidate itself.
	Node, Relation string
	Value          float64
	Source, Date   string
	// Words are the words of the node's text that were hit.
	Words []string
}
