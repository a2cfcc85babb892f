// Package storetest holds the one suite that every graph.Store must pass: laws that
// state the contract sentence by sentence ([Run]), random queries answered by several
// stores and compared ([Property]), and benchmarks over the same data ([Benchmark]).
//
// A store joins with three lines in a test file of its own:
//
//	func open[T testing.TB](t T, m *graph.Model) graph.Store { … }
//
//	func TestLaws(t *testing.T)          { storetest.Run(t, open) }
//	func TestProperty(t *testing.T)      { storetest.Property(t, open) }
//	func BenchmarkStore(b *testing.B)    { storetest.Benchmark(b, open) }
//
// What is right is defined by [Naive], an evaluator written to be read rather than
// to be fast. Where the contract leaves room, the reading that Naive takes is marked
// with a comment that begins with "Reading:".
package storetest

import (
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Open makes an empty store for a model. Each call gives a store of its own, which
// shares nothing with the others. The suite closes it.
type Open = func(t *testing.T, m *graph.Model) graph.Store
