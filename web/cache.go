package web

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	lru "github.com/hashicorp/golang-lru/v2"
)

// How much the caches keep. Together they bound the memory that strangers can fill: a document is kept with its text,
// and a parsed one takes some twenty times that.
const (
	cachedDocuments     = 1000
	cachedPersisted     = 1000
	cachedDocumentBytes = 16 << 10
)

// cache is a gqlgen cache of values by document or by the hash of one, the least recently used out first.
type cache[T any] struct {
	entries *lru.Cache[string, T]
	size    func(key string, value T) int
}

// newCache makes a cache of at most count entries, none of them larger than cachedDocumentBytes. An entry that is too
// large is not kept, and its document is parsed again each time.
func newCache[T any](count int, size func(string, T) int) graphql.Cache[T] {
	entries, err := lru.New[string, T](count)
	if err != nil {
		panic(err) // only for a count below 1, and the counts are constants
	}
	return cache[T]{entries, size}
}

// Get looks a value up.
func (c cache[T]) Get(_ context.Context, key string) (T, bool) { return c.entries.Get(key) }

// Add keeps a value.
func (c cache[T]) Add(_ context.Context, key string, value T) {
	if c.size(key, value) <= cachedDocumentBytes {
		c.entries.Add(key, value)
	}
}
