package resolvers

import (
	"github.com/i-partnerschap/kennisgraaf/match"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
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

func newRoot(rt *lookahead.Runtime, options []Option) *root {
	r := &root{rt: rt}
	for _, o := range options {
		o(r)
	}
	if r.matcher == nil {
		r.matcher = match.New(rt.Store)
	}
	return r
}
