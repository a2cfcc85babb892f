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

// Walk lets the scores of documents flow. The scores are the Flow's from then on.
func (c *Corpus) Walk(own []float64) *Flow {
	f := &Flow{Own: own, Score: own, hub: c.Numbers(len(c.Nodes))}
	for range steps {
		from, to := f.Score, c.Numbers(len(own))
		c.gather(f.hub, from)
		parallel(len(to), chunk, func(first, last int) {
			for doc := first; doc < last; doc++ {
				s := restart * own[doc]
				for _, h := range c.hubs[doc] {
					s += (1 - restart) * f.hub[h.to]
				}
				to[doc] = s
			}
		})
		if f.Score = to; &from[0] != &own[0] {
			c.Release(from)
		}
	}
	return f
}

// gather hands the scores of documents to their hubs, for each of a hub's documents.
func (c *Corpus) gather(hubs, scores []float64) {
	parallel(len(hubs), chunk, func(first, last int) {
		for n := first; n < last; n++ {
			s := 0.0
			for _, m := range c.members[n] {
				s += scores[m.to] * float64(m.share)
			}
			if s != 0 {
				s /= float64(len(c.members[n]))
			}
			hubs[n] = s
		}
	})
}

// End gives back the memory of a Flow that is no longer used.
func (c *Corpus) End(f *Flow) { c.Release(f.Own, f.Score, f.hub) }

// Via calls yield with each hub that score came through to a document, and how much.
func (c *Corpus) Via(f *Flow, doc int32, yield func(node int32, score float64)) {
	for _, h := range c.hubs[doc] {
		if s := (1 - restart) * f.hub[h.to]; s > 0 {
			yield(h.to, s)
		}
	}
}

// WalkBack is the walk seen from the other side: given how much each document's score
// counts after the walk, it returns how much each counts before it.
func (c *Corpus) WalkBack(weights []float64) []float64 {
	out, at, hub := c.Numbers(len(weights)), weights, c.Numbers(len(c.Nodes))
	defer c.Release(hub)
	for range steps {
		from, to := at, c.Numbers(len(weights))
		parallel(len(hub), chunk, func(first, last int) {
			for n := first; n < last; n++ {
				s := 0.0
				for _, m := range c.members[n] {
					s += from[m.to]
				}
				if s != 0 {
					s *= (1 - restart) / float64(len(c.members[n]))
				}
				hub[n] = s
			}
		})
		parallel(len(to), chunk, func(first, last int) {
			for doc := first; doc < last; doc++ {
				out[doc] += restart * from[doc]
				for _, h := range c.hubs[doc] {
					to[doc] += hub[h.to] * float64(h.share)
				}
			}
		})
		if at = to; &from[0] != &weights[0] {
			c.Release(from)
		}
	}
	for doc, w := range at {
		out[doc] += w
	}
	c.Release(at)
	return out
}
