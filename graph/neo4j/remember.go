package neo4j

import (
	"strings"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
)

// Bounds of what is remembered: some 40 MB at most.
const (
	rememberedSearches = 32
	rememberedHits     = 10_000
)

// memory remembers what text queries found, each with the state of the database in which
// they found it: the bookmark, which is another one after every commit, whoever made it. An
// answer that comes with the same bookmark was given by the same data; see decision 006.
type memory struct {
	found *lru.Cache[asked, remembered]

	mu sync.Mutex
	// state is the last one seen, "" where this process wrote since.
	state string
}

// asked is a text query of nodes with some labels.
type asked struct {
	graph.Matches
	labels string
}

type remembered struct {
	hits  cypher.Hits
	state string
}

func newMemory() (*memory, error) {
	found, err := lru.New[asked, remembered](rememberedSearches)
	return &memory{found: found}, err
}

func (t *textSearch) asked() asked { return asked{t.Matches, strings.Join(t.labels, "\x00")} }

// see notes the state that an answer came with.
func (m *memory) see(state string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.state = state
}

// last returns the last state seen. Every session waits until its server has it in full.
func (m *memory) last() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.state
}

// recall returns what a text query found in a state.
func (m *memory) recall(t *textSearch, state string) (cypher.Hits, bool) {
	r, ok := m.found.Get(t.asked())
	return r.hits, ok && state != "" && r.state == state
}

// keep remembers what was found, if nothing was committed between the states before and
// after the search.
func (m *memory) keep(t *textSearch, hits cypher.Hits, before, after string) {
	if before != "" && before == after && len(hits.IDs) <= rememberedHits {
		m.found.Add(t.asked(), remembered{hits, after})
	}
}
