package match

import (
	"context"
	"errors"
	"sync"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match/corpus"
)

// Matcher answers requests from a store. It keeps an image of the graph in memory,
// which it fills at the first request and refreshes from the change log at each; keep
// one Matcher for a store. It is safe for concurrent use.
type Matcher struct {
	cache *corpus.Cache
	// semantic is nil without an Embedder.
	semantic *semantic
	mu       sync.Mutex
	// read holds what was made of the image of that version.
	read *reading
}

// New returns a Matcher on the store.
func New(store graph.Store) *Matcher { return &Matcher{cache: corpus.New(store)} }

// Warm fills the image, so that the first request need not wait for it, and stops when ctx
// does. Errors are those of the store.
func (m *Matcher) Warm(ctx context.Context) error { return m.cache.Warm(ctx) }

// Ready tells whether the image is there; StoreUnavailable says how far it is.
func (m *Matcher) Ready() error { return m.cache.Ready() }

// reading is what can be made of an image beforehand, and is good for as long as that
// does not change.
type reading struct {
	c        *corpus.Corpus
	tree     *thesaurus
	semantic *semantic
	// version is the version of the image.
	version int
	mu      sync.Mutex
	// asked holds the vraagstukken as they were understood, by node.
	asked    map[int32]*question
	profiles profiles
}

// use calls f with the image and what was made of it.
func (m *Matcher) use(ctx context.Context, f func(*reading) error) error {
	return m.cache.Use(ctx, func(c *corpus.Corpus) error {
		m.mu.Lock()
		if m.read == nil || m.read.version != c.Version() {
			m.read = &reading{c: c, version: c.Version(), tree: newThesaurus(c), semantic: m.semantic, asked: map[int32]*question{}}
		}
		r := m.read
		m.mu.Unlock()
		return f(r)
	})
}

// Match ranks the candidates for a question. Errors are NotFound for an unknown
// vraagstuk, theme or region, BadUserInput for a request that makes no sense, and
// those of the store.
func (m *Matcher) Match(ctx context.Context, r Request) (*Answer, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	var a *Answer
	var down error
	r.vector, down = m.semantic.ask(ctx, r.Text)
	err := m.use(ctx, func(rd *reading) error {
		s, err := rd.scorer(r)
		if err != nil {
			return err
		}
		defer s.close()
		ranking, err := s.rank(r.Supply)
		if err != nil {
			return err
		}
		a = &Answer{Total: len(ranking), Names: map[string]Name{}}
		a.understood(rd, s.q)
		if down != nil {
			a.Understood.Notes = append(a.Understood.Notes, "SEMANTIC is left out: "+message(down))
		}
		for _, one := range ranking {
			a.Ranking = append(a.Ranking, one.id)
		}
		a.Matches = s.explainAll(page(ranking, r.First, r.After), a)
		return nil
	})
	return a, err
}

// node finds a node of one of the types, for a request that names it.
func (rd *reading) node(id string, labels ...string) (int32, error) {
	if n, ok := rd.c.Find(id); ok {
		for _, label := range labels {
			if rd.c.Nodes[n].Label == label {
				return n, nil
			}
		}
	}
	return 0, graph.Errorf(graph.NotFound, "there is no %s %q; search for its id with suggest(types: [%s])", kindName(labels), id, joined(labels))
}

// message returns what an error tells the caller.
func message(err error) string {
	var e *graph.Error
	if errors.As(err, &e) {
		return e.Message
	}
	return "it failed"
}
