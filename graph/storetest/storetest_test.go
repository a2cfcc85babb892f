package storetest_test

import (
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/storetest"
)

func naive(_ *testing.T, m *graph.Model) graph.Store { return storetest.NewNaive(m) }

// The laws and the evaluator say the same.
func TestNaiveKeepsTheLaws(t *testing.T) { storetest.Run(t, naive) }

// The evaluator answers alike twice, so that no difference comes from itself.
func TestNaiveEqualsNaive(t *testing.T) { storetest.Property(t, storetest.Fresh, naive, naive) }

func BenchmarkNaive(b *testing.B) {
	storetest.Benchmark(b, func(_ *testing.B, m *graph.Model) graph.Store { return storetest.NewNaive(m) })
}

// Questions that are asked again with other values are as right as new ones.
func TestNaiveEqualsNaiveAgain(t *testing.T) { storetest.Property(t, storetest.Reused, naive, naive) }
