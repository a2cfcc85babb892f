package match

import (
	"math"

	"github.com/i-partnerschap/kennisgraaf/match/corpus"
)

// What stands for a relation in evidence about the candidate itself (own), about what its
// texts have through others (via), and about what is not shown one by one (rest).
const (
	own  = corpus.None
	via  = corpus.Relation(math.MaxUint8)
	rest = via - 1
)

// How these are shown.
const ownName, viaName, restName = "OWN", "VIA", "REST"

func relationName(r corpus.Relation) string {
	switch r {
	case own:
		return ownName
	case via:
		return viaName
	case rest:
		return restName
	}
	return r.String()
}

// fact is a piece of evidence, before it is written out.
type fact struct {
	node     int32
	relation corpus.Relation
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
	text    func(*profile) float64
	doc     func(int32) float64
	flow    *corpus.Flow
	recency recency
	p       profile
	facts   []fact
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
			if w.doc >= 0 {
				sum += w.share * s.flow.Score[w.doc]
			}
		}
		return sum
	}
	return s, nil
}

// close gives back the memory of a scorer that is no longer used, which matters for
// those that come after it.
func (s *scorer) close() {
	s.reading.c.Release(s.serves, s.themed)
	if s.flow != nil {
		s.reading.c.End(s.flow)
	}
	s.profiles.put(s.p)
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
	s := &scorer{reading: rd, reader: reader{c: rd.c, today: r.Today.Format(day)}, q: q, vector: vector, weights: weights, recency: newRecency(r.Today.Year()),
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
		s.serves, s.p = rd.c.Numbers(len(rd.c.Nodes)), rd.profiles.get(len(rd.c.Nodes))
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
