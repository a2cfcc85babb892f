package match

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match/corpus"
)

// Embedder turns texts into vectors whose angle tells how much they have to do with each
// other, all of one length. It must be safe for concurrent use.
type Embedder interface {
	// Embed returns a vector for each text. Its errors are *graph.Error.
	Embed(ctx context.Context, texts []string) ([][]float32, error)
	// Model names what makes the vectors; those of another model are of no use with them.
	Model() string
}

// How closeness of meaning is measured.
const (
	// leastClose is how far above the mean closeness of all texts a text must be to count,
	// as a part of the way from there to sameness.
	leastClose = 0.2
	// halfSemantic gives half of the factor, in texts that mean the same as the question.
	halfSemantic = 1.0
	// rememberedTexts is how many questions in free words keep their vector.
	rememberedTexts = 256
	// embedBatch is how many texts are embedded before their vectors are stored.
	embedBatch = 256
)

// semantic holds the vectors of all texts of the graph, and keeps them up with it.
type semantic struct {
	embedder Embedder
	texts    corpus.Texts
	store    graph.VectorStore
	asked    *lru.Cache[string, []float32]
	mu       sync.RWMutex
	// vectors holds unit vectors by node id, of what each was made; sum adds up those of
	// documents, which a vraagstuk is none of.
	vectors map[string]known
	sum     []float64
	count   int
	loaded  bool
	seq     int64
	syncing sync.Mutex
}

type known struct {
	of       string
	unit     []float32
	document bool
}

// WithEmbedder adds the semantic factor, of vectors by e that are kept in store.
// [Matcher.Follow] must run to compute them.
func (m *Matcher) WithEmbedder(e Embedder, texts graph.Store, store graph.VectorStore) *Matcher {
	asked, err := lru.New[string, []float32](rememberedTexts)
	if err != nil {
		panic(err) // the size is above 0
	}
	m.semantic = &semantic{embedder: e, texts: corpus.Texts{Store: texts}, store: store, asked: asked, vectors: map[string]known{}}
	return m
}

// followPause is how often what was written is looked at for texts without a vector.
const followPause = 5 * time.Second

// Follow keeps vectors up with the texts until ctx ends. Without an Embedder it returns at
// once. What fails is logged and tried again.
func (m *Matcher) Follow(ctx context.Context, log *slog.Logger) {
	for m.semantic != nil {
		begin := time.Now()
		n, err := m.Embed(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			log.Error("texts have no vector yet; matching goes on without them", "error", err)
		case n > 0:
			log.Info("texts have new vectors", "texts", n, "after", time.Since(begin).Round(time.Millisecond))
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(followPause):
		}
	}
}

// Embed computes the vectors that are missing or out of date, and returns how many. Errors
// are those of the stores and of the Embedder; what was done until then stays.
func (m *Matcher) Embed(ctx context.Context) (int, error) {
	s := m.semantic
	if s == nil {
		return 0, nil
	}
	s.syncing.Lock()
	defer s.syncing.Unlock()
	if err := s.load(ctx); err != nil {
		return 0, err
	}
	total, erased := 0, false
	var ids, of, texts []string
	var documents []bool
	flush := func() error {
		if len(ids) == 0 {
			return nil
		}
		vectors, err := s.embedder.Embed(ctx, texts)
		if err != nil {
			return err
		}
		stored := make([]graph.Vector, len(ids))
		for i, v := range vectors {
			stored[i] = graph.Vector{ID: ids[i], Of: of[i], Values: v}
		}
		if err := s.store.SetVectors(ctx, stored); err != nil {
			return err
		}
		s.mu.Lock()
		for i, v := range stored {
			s.set(v, documents[i])
		}
		s.mu.Unlock()
		total += len(ids)
		ids, of, texts, documents = ids[:0], of[:0], texts[:0], documents[:0]
		return nil
	}
	seq, err := s.texts.Since(ctx, s.seq, func(t corpus.Text) error {
		if erased = erased || t.ID == ""; t.Text == "" {
			s.drop(t.ID)
			return nil
		}
		fingerprint := s.fingerprint(t.Text)
		if s.has(t.ID, fingerprint, t.Document) {
			return nil
		}
		ids, of, texts, documents = append(ids, t.ID), append(of, fingerprint), append(texts, t.Text), append(documents, t.Document)
		if len(ids) == embedBatch {
			return flush()
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	if err == nil && erased {
		err = s.sweep(ctx)
	}
	if err == nil {
		s.seq = seq
	}
	return total, err
}

// sweep drops the vectors of nodes that are gone.
func (s *semantic) sweep(ctx context.Context) error {
	s.mu.RLock()
	ids := slices.Collect(maps.Keys(s.vectors))
	s.mu.RUnlock()
	gone, err := s.texts.Missing(ctx, ids)
	for _, id := range gone {
		s.drop(id)
	}
	return err
}

// load reads the vectors that were kept, once.
func (s *semantic) load(ctx context.Context) error {
	if s.loaded {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.store.Vectors(ctx, func(v graph.Vector) error {
		if strings.HasPrefix(v.Of, s.embedder.Model()+" ") {
			s.set(v, false) // has tells which are of documents
		}
		return nil
	})
	s.loaded = err == nil
	return err
}

// fingerprint tells what a vector is made of.
func (s *semantic) fingerprint(text string) string {
	sum := sha256.Sum256([]byte(text))
	return s.embedder.Model() + " " + hex.EncodeToString(sum[:8])
}

// has tells whether there is a vector of that.
func (s *semantic) has(id, of string, document bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.vectors[id]
	if !ok || k.of != of {
		return false
	}
	if document && !k.document {
		k.document = true
		s.vectors[id] = k
		s.add(k.unit, 1)
	}
	return true
}

// set takes a vector in, in the place of an earlier one.
func (s *semantic) set(v graph.Vector, document bool) {
	s.forget(v.ID)
	u := unit(v.Values)
	if s.sum == nil {
		s.sum = make([]float64, len(u))
	}
	if len(u) != len(s.sum) {
		return // a model that changed the length of its vectors under the same name
	}
	s.vectors[v.ID] = known{of: v.Of, unit: u, document: document}
	if document {
		s.add(u, 1)
	}
}

func (s *semantic) drop(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget(id)
}

func (s *semantic) forget(id string) {
	if k, ok := s.vectors[id]; ok {
		delete(s.vectors, id)
		if k.document {
			s.add(k.unit, -1)
		}
	}
}

func (s *semantic) add(u []float32, by int) {
	s.count += by
	for i, x := range u {
		s.sum[i] += float64(by) * float64(x)
	}
}

// asker is a question as a vector.
type asker struct {
	s    *semantic
	unit []float32
	// mean is how close all documents are to it on average.
	mean float64
}

// ask makes the vector of a question in free words; nil where there is no embedder.
func (s *semantic) ask(ctx context.Context, text string) ([]float32, error) {
	if s == nil || strings.TrimSpace(text) == "" {
		return nil, nil //nolint:nilnil // no question, no vector
	}
	if v, ok := s.asked.Get(text); ok {
		return v, nil
	}
	vectors, err := s.embedder.Embed(ctx, []string{text})
	if err != nil {
		return nil, err
	}
	v := unit(vectors[0])
	s.asked.Add(text, v)
	return v, nil
}

// of returns the asker for a vector of a free text, or for a vraagstuk; nil where neither
// has one.
func (s *semantic) of(vector []float32, vraagstuk string) *asker {
	if s == nil {
		return nil
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if vector == nil {
		vector = s.vectors[vraagstuk].unit
	}
	if vector == nil || len(vector) != len(s.sum) || s.count == 0 {
		return nil
	}
	a := &asker{s: s, unit: vector}
	for i, x := range vector {
		a.mean += float64(x) * s.sum[i] / float64(s.count)
	}
	return a
}

// closeness returns how close the text of a node is to the question, from 0 for what is
// no closer than most to 1 for the same.
func (a *asker) closeness(id string) float64 {
	a.s.mu.RLock()
	u := a.s.vectors[id].unit
	a.s.mu.RUnlock()
	if u == nil || a.mean >= 1 {
		return 0
	}
	dot := 0.0
	for i, x := range u {
		dot += float64(x) * float64(a.unit[i])
	}
	return max(0, ((dot-a.mean)/(1-a.mean)-leastClose)/(1-leastClose))
}

// unit returns a vector of length 1 in the same direction.
func unit(v []float32) []float32 {
	norm := 0.0
	for _, x := range v {
		norm += float64(x) * float64(x)
	}
	out := make([]float32, len(v))
	if norm > 0 && !math.IsInf(norm, 0) && !math.IsNaN(norm) {
		for i, x := range v {
			out[i] = float32(float64(x) / math.Sqrt(norm))
		}
	}
	return out
}
