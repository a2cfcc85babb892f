package match

import (
	"runtime"
	"slices"
	"sync"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match/corpus"
)

// How the factors are measured.
const (
	// halfRecord is how many recent works that fit wholly give half a track record.
	halfRecord = 3.0
	// yearDecay is what a work keeps of its value for each year beyond the first three.
	yearDecay = 0.85
	// mostYears is how many years are told apart.
	mostYears = 40
	// nearbyStrength is what a candidate gets from lying in the same larger region.
	nearbyStrength = 0.4
	// halfText gives half of the text factor, in documents that have every word of the question.
	halfText = 1.0
	// wholeText is the part of such a document that a work must have to fit wholly by its words.
	wholeText = 0.5
)

// own is the relation of evidence about the candidate itself, via that of what its
// texts have through others, rest that of what is not shown one by one.
const own, via, rest = "OWN", "VIA", "REST"

// fact is a piece of evidence, before it is written out.
type fact struct {
	node     int32
	relation string
	value    float64
	// at is the node that the fact is found at, where that is not node itself, plus 1.
	at int32
}

// scorer measures candidates against one question. What it gives a candidate depends
// on that candidate, the question and the texts of the graph, never on who else is
// ranked.
type scorer struct {
	*reading
	reader
	q *question
	// vector is the question as one, nil where it has none.
	vector  *asker
	weights [len(factors)]float64
	// total is the weight of all themes, most that of the heaviest.
	total, most float64
	// reach holds, by theme, how well it serves each theme of the question; serves, by
	// node, how well a theme serves the one that it serves best, heavy themes before light.
	reach  map[int32][]float64
	serves []float64
	// themed is how well each document serves by its themes, nil where only a few are asked for.
	themed []float64
	// within holds the larger regions of those of the question.
	within map[int32]bool
	// links are the connections with who poses the question, known those with each who
	// did.
	links map[int32][]fact
	known map[int32]map[int32][]fact
	// text tells what a candidate's texts have of the question, doc what one document has.
	text     func(*profile) float64
	doc      func(int32) float64
	flow     *corpus.Flow
	thisYear int
	p        profile
	facts    []fact
}

// scorer makes ready what does not depend on the candidate.
func (rd *reading) scorer(r Request) (*scorer, error) {
	q, err := rd.understand(r)
	if err != nil {
		return nil, err
	}
	s, err := rd.prepare(q, r, nil)
	if err != nil {
		return nil, err
	}
	s.flow = rd.c.Walk(rd.c.Scores(q.query))
	s.doc = func(doc int32) float64 { return s.flow.Own[doc] }
	s.theme()
	s.text = func(p *profile) float64 {
		sum := 0.0
		for _, w := range p.works {
			if doc := rd.c.Nodes[w.node].Doc; doc >= 0 {
				sum += w.share * s.flow.Score[doc]
			}
		}
		return sum
	}
	return s, nil
}

// prepare does all of that but the texts. It takes over the memory of an old scorer that
// has done its work, if there is one.
func (rd *reading) prepare(q *question, r Request, old *scorer) (*scorer, error) {
	var vector *asker
	if r.Text == "" || r.vector != nil {
		vector = rd.semantic.of(r.vector, r.Vraagstuk)
	}
	weights, err := r.Weights.scaled(q, vector)
	if err != nil {
		return nil, err
	}
	s := &scorer{reading: rd, reader: reader{c: rd.c, today: r.Today.Format(day)}, q: q, vector: vector, weights: weights, thisYear: r.Today.Year(),
		reach: map[int32][]float64{}, within: map[int32]bool{}}
	for i, t := range q.themes {
		s.total += t.Weight
		s.most = max(s.most, t.Weight)
		for theme, value := range rd.tree.reach(t.node) {
			if s.reach[theme] == nil {
				s.reach[theme] = make([]float64, len(q.themes))
			}
			s.reach[theme][i] = value
		}
	}
	if old == nil {
		s.serves, s.p.seen = make([]float64, len(rd.c.Nodes)), make([]int32, len(rd.c.Nodes))
	} else {
		s.serves, s.p, s.facts, s.known = old.serves, old.p, old.facts, old.known
		for theme := range old.reach {
			s.serves[theme] = 0
		}
	}
	for theme, reach := range s.reach {
		for i, value := range reach {
			s.serves[theme] = max(s.serves[theme], q.themes[i].Weight/s.most*value)
		}
	}
	for _, region := range q.regions {
		for _, larger := range s.larger(region) {
			s.within[larger] = true
		}
	}
	s.links = s.connections(q.posedBy)
	return s, nil
}

// larger returns the regions that a region is part of.
func (s *scorer) larger(region int32) []int32 {
	var out []int32
	for _, e := range s.reading.c.Nodes[region].Out {
		if e.Type == "REGION_PART_OF" {
			out = append(out, e.To)
		}
	}
	return out
}

// rank scores the candidates of every kind that was asked for, best first.
func (s *scorer) rank(supply []Supply) ([]ranked, error) {
	var out []ranked
	for _, kind := range slices.Compact(slices.Sorted(slices.Values(supply))) {
		sp, ok := specs[kind]
		if !ok {
			return nil, graph.Errorf(graph.BadUserInput, "%q is no kind of candidate", kind)
		}
		out = append(out, s.rankAll(sp, s.reading.c.Of(sp.label))...)
	}
	slices.SortFunc(out, compareRanked)
	return out, nil
}

// share is how many candidates are worth a goroutine of their own.
const share = 1000

// rankAll scores the candidates of one kind, on all processors where they are many.
func (s *scorer) rankAll(sp spec, nodes []int32) []ranked {
	parts := max(1, min(runtime.GOMAXPROCS(0), len(nodes)/share))
	found := make([][]ranked, parts)
	var wait sync.WaitGroup
	for i := range parts { // each with a profile of its own
		one := *s
		one.p, one.facts = profile{seen: make([]int32, len(s.reading.c.Nodes))}, nil
		// Every so many, since lectoren may stand together.
		wait.Go(func() { found[i] = one.rankPart(sp, nodes, i, parts) })
	}
	wait.Wait()
	return slices.Concat(found...)
}

func (s *scorer) rankPart(sp spec, nodes []int32, from, step int) []ranked {
	var out []ranked
	for i := from; i < len(nodes); i += step {
		n := nodes[i]
		if sp.is != nil && !sp.is(&s.reading.c.Nodes[n]) {
			continue
		}
		if values, score := s.measure(sp, n); s.supported(values) {
			out = append(out, ranked{node: n, id: s.reading.c.Nodes[n].ID, score: score})
		}
	}
	return out
}

// supported tells whether anything but being free speaks for a candidate.
func (s *scorer) supported(values [len(factors)]float64) bool {
	for i, v := range values {
		if factors[i] != Availability && v*s.weights[i] > 0 {
			return true
		}
	}
	return false
}

// measure scores one candidate, and leaves its profile in s.p.
func (s *scorer) measure(sp spec, n int32) (values [len(factors)]float64, score float64) {
	s.p.reset(n)
	sp.read(&s.reader, &s.p)
	return s.weigh(0)
}

// weigh scores the profile in s.p, with some works more that fit wholly.
func (s *scorer) weigh(works float64) (values [len(factors)]float64, score float64) {
	for i, f := range factors {
		if s.weights[i] == 0 {
			continue
		}
		values[i] = s.value(f)
		if f == TrackRecord && works > 0 {
			done := halfRecord * values[i] / (1 - values[i])
			values[i] = (done + works) / (done + works + halfRecord)
		}
		if f == Availability || f == Network {
			values[i] *= s.fitness(values)
		}
		score += s.weights[i] * values[i]
	}
	return values, score
}

// fitness tells how far being free and being known count: wholly for who has half of
// what can be asked of themes, texts or track record, and not at all for who has nothing
// of it. Where none of these is weighed, they count alone.
func (s *scorer) fitness(values [len(factors)]float64) float64 {
	if s.weights[0]+s.weights[1]+s.weights[2] == 0 {
		return 1
	}
	return min(1, 2*max(values[0], values[1], values[2]))
}

// value measures one factor of the profile in s.p.
func (s *scorer) value(f Factor) float64 {
	if f == Text {
		x := s.text(&s.p)
		if x == 0 {
			return 0
		}
		return x / (x + halfText*s.q.query.Full)
	}
	s.facts = s.collect(f, s.facts[:0])
	sum := 0.0
	for _, x := range s.facts {
		sum += x.value
	}
	return sum
}

// collect appends the facts of one factor, other than the text's. Their sum is the
// factor's value.
func (s *scorer) collect(f Factor, out []fact) []fact {
	switch f {
	case Themes:
		return s.themes(out)
	case TrackRecord:
		return s.trackRecord(out)
	case Region:
		return s.region(out)
	case Availability:
		return append(out, s.p.free...)
	case Semantic:
		return s.meaning(out)
	default:
		return s.network(out)
	}
}

// themes takes, for each theme of the question, the candidate's strongest tie to it
// or to a theme near it in the tree.
func (s *scorer) themes(out []fact) []fact {
	for i, t := range s.q.themes {
		best := fact{}
		for _, tie := range s.p.ties {
			if s.serves[tie.theme] == 0 {
				continue
			}
			reach := s.reach[tie.theme]
			if value := t.Weight / s.total * reach[i] * tie.strength; value > best.value {
				best = fact{node: tie.theme, relation: tie.relation, value: value, at: tie.at + 1}
			}
		}
		if best.value > 0 {
			out = append(out, best)
		}
	}
	return out
}

// meaning adds up how close the candidate's texts are to the question. The sum saturates at
// halfSemantic.
func (s *scorer) meaning(out []fact) []fact {
	from, sum := len(out), 0.0
	for _, w := range s.p.works {
		if value := w.share * s.vector.closeness(s.reading.c.Nodes[w.node].ID); value > 0 {
			sum += value
			out = append(out, fact{node: w.node, relation: w.relation, value: value})
		}
	}
	for i := range out[from:] {
		out[from+i].value /= sum + halfSemantic
	}
	return out
}

// trackRecord adds up the works that fit the themes or hold the words, recent ones
// counting more. The sum saturates at halfRecord.
func (s *scorer) trackRecord(out []fact) []fact {
	from, sum := len(out), 0.0
	for _, w := range s.p.works {
		if !w.record {
			continue
		}
		if value := s.fit(w); value > 0 {
			value *= s.recency(s.reading.c.Nodes[w.node].Date)
			sum += value
			out = append(out, fact{node: w.node, relation: w.relation, value: value})
		}
	}
	for i := range out[from:] {
		out[from+i].value /= sum + halfRecord
	}
	return out
}

// fit tells how well a work fits the question: by its best theme, or by its words.
func (s *scorer) fit(w work) float64 {
	node := &s.reading.c.Nodes[w.node]
	if s.themed == nil || node.Doc < 0 {
		return s.fitOf(node)
	}
	fit := s.themed[node.Doc]
	if full := s.q.query.Full; full > 0 {
		fit = max(fit, min(1, s.flow.Own[node.Doc]/(wholeText*full)))
	}
	return fit
}

// fitOf looks at the work itself.
func (s *scorer) fitOf(node *corpus.Node) float64 {
	fit := 0.0
	for _, e := range node.Out {
		if v := s.serves[e.To]; v > fit && e.Type == "ABOUT" {
			fit = v
		}
	}
	if node.Doc >= 0 && s.q.query.Full > 0 {
		fit = max(fit, min(1, s.doc(node.Doc)/(wholeText*s.q.query.Full)))
	}
	return fit
}

// theme looks at all works at once, from the side of their themes: most works have none
// that matters, and need not be looked at.
func (s *scorer) theme() {
	s.themed = make([]float64, s.reading.c.Documents())
	for theme := range s.reach {
		for _, e := range s.reading.c.Nodes[theme].In {
			if doc := s.reading.c.Nodes[e.To].Doc; e.Type == "ABOUT" && doc >= 0 {
				s.themed[doc] = max(s.themed[doc], s.serves[theme])
			}
		}
	}
}

// recency is what a work keeps of its value; one without a date counts as four years old.
func (s *scorer) recency(date string) float64 {
	if len(date) < 4 {
		return yearDecay
	}
	year := 0
	for _, digit := range date[:4] {
		year = 10*year + int(digit-'0')
	}
	keep := 1.0
	for range min(max(0, s.thisYear-year-3), mostYears) {
		keep *= yearDecay
	}
	return keep
}

// region takes the candidate's best place.
func (s *scorer) region(out []fact) []fact {
	best := fact{}
	for _, p := range s.p.places {
		value := 0.0
		larger := s.larger(p.region)
		switch {
		case slices.Contains(s.q.regions, p.region), shares(larger, s.q.regions):
			value = p.strength
		case slices.ContainsFunc(larger, func(r int32) bool { return s.within[r] }):
			value = p.strength * nearbyStrength
		}
		if value > best.value {
			best = fact{node: p.region, relation: p.relation, value: value, at: p.at + 1}
		}
	}
	if best.value > 0 {
		out = append(out, best)
	}
	return out
}

func shares(a, b []int32) bool {
	return slices.ContainsFunc(a, func(x int32) bool { return slices.Contains(b, x) })
}
