package resolvers

import (
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
	"github.com/i-partnerschap/kennisgraaf/write"
)

// root is what the resolvers of one API share.
type root struct {
	rt        *lookahead.Runtime
	matcher   *match.Matcher
	mutations map[string]write.Planner
}

// Option changes what NewSchema makes.
type Option func(*root)

// WithMatcher lets the API match with m, which may have an Embedder or be warm already.
// Without it the API has a Matcher of its own on its store.
func WithMatcher(m *match.Matcher) Option { return func(r *root) { r.matcher = m } }

// WithMutations adds the mutations that are written by hand and return Written.
func WithMutations(m map[string]write.Planner) Option { return func(r *root) { r.mutations = m } }

func newRoot(model *graph.Model, store graph.Store, pages lookahead.PageSizes, options []Option) *root {
	r := &root{}
	for _, o := range options {
		o(r)
	}
	r.rt = lookahead.New(model, store, wrap, pages, r.mutations)
	if r.matcher == nil {
		r.matcher = match.New(store)
	}
	return r
}
