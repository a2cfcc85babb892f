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
	Themes      Factor = "THEMES"
	Text        Factor = "TEXT"
	TrackRecord Factor = "TRACK_RECORD"
	Region      Factor = "REGION"
)

// Weights says how much each factor counts, relative to the others.
type Weights map[Factor]float64

// DefaultWeights returns the weights of a request that names none.
func DefaultWeights() Weights { return Weights{Themes: 0.4, Text: 0.3, TrackRecord: 0.2, Region: 0.1} }

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
	for factor, w := range r.Weights {
		if w < 0 || math.IsNaN(w) || math.IsInf(w, 0) {
			return graph.Errorf(graph.BadUserInput, "the weight of %s is %g; it must be 0 or more", factor, w)
		}
	}
	return nil
}

// weights returns the weights of the factors that apply, adding up to 1.
func (r Request) weights(applies map[Factor]bool) (Weights, error) {
	w := DefaultWeights()
	for factor, value := range r.Weights {
		w[factor] = value
	}
	sum := 0.0
	for factor := range w {
		if !applies[factor] {
			delete(w, factor)
		}
		sum += w[factor]
	}
	if sum == 0 {
		return nil, graph.Errorf(graph.BadUserInput, "all factors that apply to this question have weight 0; give one of them a weight")
	}
	for factor := range w {
		w[factor] /= sum
	}
	return w, nil
}
