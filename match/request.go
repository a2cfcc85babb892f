package match

import (
	"math"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Supply is a kind of candidate.
type Supply string

// The kinds of candidate.
const (
	Lector      Supply = "LECTOR"
	Lectoraat   Supply = "LECTORAAT"
	Institution Supply = "INSTITUTION"
	Fieldlab    Supply = "FIELDLAB"
	Offer       Supply = "OFFER"
)

// Factor is a kind of evidence.
type Factor string

// The factors.
const (
	Themes       Factor = "THEMES"
	Text         Factor = "TEXT"
	TrackRecord  Factor = "TRACK_RECORD"
	Region       Factor = "REGION"
	Availability Factor = "AVAILABILITY"
	Network      Factor = "NETWORK"
	// Semantic is there only where the Matcher has an Embedder.
	Semantic Factor = "SEMANTIC"
)

// factors holds all factors in the order in which they are shown.
var factors = [...]Factor{Themes, Text, TrackRecord, Region, Availability, Network, Semantic}

// Weights says how much each factor counts, relative to the others.
type Weights map[Factor]float64

// DefaultWeights returns the weights of a request that names none. They add up to 1 without
// Semantic, and are near those that were chosen on parts of the golden set and held on the
// rest of it; availability was worth nothing there, and only parts equals.
func DefaultWeights() Weights {
	return Weights{Themes: 0.41, Text: 0.41, TrackRecord: 0.05, Region: 0.04, Availability: 0.01, Network: 0.08, Semantic: 0.2}
}

// Request is a question to find candidates for.
type Request struct {
	// Vraagstuk is the id of a question in the graph, Text one in free words; one of
	// them, or Themes, must be there.
	Vraagstuk, Text string
	// Themes and Regions replace those of the question and those recognised; nil
	// leaves them.
	Themes, Regions []string
	Supply          []Supply
	// Weights override the default ones.
	Weights Weights
	// Today is the day from which recency is counted.
	Today time.Time
	// First is how many matches to explain, 0 for all; After is the place that they
	// come after, nil for the beginning.
	First int
	After *Place
	// vector is that of Text, nil where there is none.
	vector []float32
}

// MaxText is the longest text of a question, in bytes.
const MaxText = 20_000

func (r Request) check() error {
	switch {
	case r.Vraagstuk == "" && len(r.Themes) == 0 && !hasWord(r.Text):
		return graph.Errorf(graph.BadUserInput, "there is no question: give vraagstuk, themes, or a text with at least one word of two letters")
	case len(r.Text) > MaxText:
		return graph.Errorf(graph.BadUserInput, "the text has %d bytes; %d is the most", len(r.Text), MaxText)
	case len(r.Supply) == 0:
		return graph.Errorf(graph.BadUserInput, "supply is empty; name at least one kind of candidate")
	}
	return r.Weights.check()
}

func (w Weights) check() error {
	for factor, v := range w {
		if v < 0 || math.IsNaN(v) || math.IsInf(v, 0) {
			return graph.Errorf(graph.BadUserInput, "the weight of %s is %g; it must be 0 or more", factor, v)
		}
	}
	return nil
}

// scaled returns the weights of the factors that the question gives ground for, adding
// up to 1, by factor. Availability alone ranks nobody, unless it was asked for.
func (w Weights) scaled(q *question, vector *asker) ([len(factors)]float64, error) {
	var out [len(factors)]float64
	sum, grounds := 0.0, 0.0
	defaults := DefaultWeights()
	for i, f := range factors {
		v, named := w[f]
		if !named {
			v = defaults[f]
		}
		if !q.grounds(f, vector) {
			continue
		}
		out[i] = v
		sum += v
		if named || f != Availability && f != Network {
			grounds += v
		}
	}
	if !q.worded && len(q.themes) == 0 && len(q.regions) == 0 {
		return out, graph.Errorf(graph.BadUserInput, "the question has only words without meaning of their own; say what it is about")
	}
	if grounds == 0 {
		return out, graph.Errorf(graph.BadUserInput, "all factors that apply to this question have weight 0; give one of them a weight")
	}
	for i := range out {
		out[i] /= sum
	}
	return out, nil
}

// grounds tells whether the question has what a factor compares candidates with.
func (q *question) grounds(f Factor, vector *asker) bool {
	switch f {
	case Semantic:
		return vector != nil
	case Themes, TrackRecord:
		return len(q.themes) > 0
	case Text:
		return q.worded
	case Region:
		return len(q.regions) > 0
	case Network:
		return q.posedBy >= 0
	default:
		return true
	}
}
