package corpus

// A random walk with restart over documents and what they hang together by: people,
// lectoraten, themes and works that are cited. A document hands on its score over its
// hubs, a hub over its documents alike, and a part starts anew from the documents that
// match the question. So a text that matches speaks for the colleagues of its author,
// and who stands amid others that know the matter comes out above who does not
// (Serdyukov, Rode & Hiemstra 2008, Modeling multi-step relevance propagation for expert
// finding; Brochier et al. 2020, New datasets and a benchmark of document network
// embedding methods for scientific expert finding).
//
// The walk is cut off after a few steps, and linear in the scores it starts from, which is
// what makes it the same from the side of a question and that of a candidate.
const (
	// restart is the part that starts anew at each step: high, since a walk that strays
	// costs more where colleagues work on other things than it brings where they do not.
	restart = 0.6
	// steps is the number of times that scores are handed on.
	steps = 2
)

// Flow is the outcome of a walk.
type Flow struct {
	// Own is what each document started from, Score what it ended with, both by document.
	Own, Score []float64
	// hub is what flowed into each node in the last step, for each of its documents.
	hub []float64
}

// Walk lets the scores of documents flow.
func (c *Corpus) Walk(own []float64) *Flow {
	f := &Flow{Own: own, Score: own, hub: make([]float64, len(c.Nodes))}
	next := make([]float64, len(own))
	for range steps {
		clear(f.hub)
		for doc, s := range f.Score {
			if s == 0 {
				continue
			}
			for _, h := range c.hubs[doc] {
				f.hub[h.node] += s * h.share
			}
		}
		for n, s := range f.hub {
			if s != 0 {
				f.hub[n] = s / float64(len(c.members[n]))
			}
		}
		out := next
		for doc, hubs := range c.hubs {
			s := restart * own[doc]
			for _, h := range hubs {
				s += (1 - restart) * f.hub[h.node]
			}
			out[doc] = s
		}
		if next = f.Score; &next[0] == &own[0] {
			next = make([]float64, len(own))
		}
		f.Score = out
	}
	return f
}

// Via calls yield with each hub that score came through to a document, and how much.
func (c *Corpus) Via(f *Flow, doc int32, yield func(node int32, score float64)) {
	for _, h := range c.hubs[doc] {
		if s := (1 - restart) * f.hub[h.node]; s > 0 {
			yield(h.node, s)
		}
	}
}

// WalkBack is the walk seen from the other side: given how much each document's score
// counts after the walk, it returns how much each counts before it.
func (c *Corpus) WalkBack(weights map[int32]float64) map[int32]float64 {
	out := map[int32]float64{}
	at := weights
	for range steps {
		for doc, w := range at {
			out[doc] += restart * w
		}
		hubs := map[int32]float64{}
		for doc, w := range at {
			for _, h := range c.hubs[doc] {
				hubs[h.node] += (1 - restart) * w / float64(len(c.members[h.node]))
			}
		}
		at = map[int32]float64{}
		for n, w := range hubs {
			for _, doc := range c.members[n] {
				for _, h := range c.hubs[doc] {
					if h.node == n {
						at[doc] += w * h.share
					}
				}
			}
		}
	}
	for doc, w := range at {
		out[doc] += w
	}
	return out
}
