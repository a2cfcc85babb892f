package resolvers

import (
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
	"github.com/i-partnerschap/kennisgraaf/write/workflow"
)

// root is what the resolvers of one API share.
type root struct {
	rt      *lookahead.Runtime
	matcher *match.Matcher
}

// Option changes what NewSchema makes.
type Option func(*root)

// WithMatcher lets the API match with m, which may have an Embedder or be warm already.
// Without it the API has a Matcher of its own on its store.
func WithMatcher(m *match.Matcher) Option { return func(r *root) { r.matcher = m } }

func newRoot(model *graph.Model, store graph.Store, pages lookahead.PageSizes, options []Option) *root {
	r := &root{}
	for _, o := range options {
		o(r)
	}
	r.rt = lookahead.New(model, store, wrap, pages, workflow.Mutations(time.Now))
	if r.matcher == nil {
		r.matcher = match.New(store)
	}
	return r
}
