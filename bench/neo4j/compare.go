package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/i-partnerschap/kennisgraaf/bench/cypher"
)

// question is asked in two ways.
type question struct {
	name string
	// ours asks the store, with values that differ by i.
	ours func(ctx context.Context, i int) error
	// cypher and values are what a person would write for the same answer.
	cypher string
	values func(i int) map[string]any
}

// warmUp is how many runs are not counted: plans are made and code is compiled.
const warmUp = 30

// compare asks every question in both ways and prints the medians.
func compare(ctx context.Context, all []question, h cypher.Hand, runs int) error {
	fmt.Println("| question | ours p50, ms | by hand p50, ms | ratio |")
	fmt.Println("|---|---:|---:|---:|")
	for _, q := range all {
		var ours, theirs []time.Duration
		for i := range warmUp + runs {
			a, err := timed(func() error { return q.ours(ctx, i) })
			if err != nil {
				return fmt.Errorf("%s: %w", q.name, err)
			}
			b, err := timed(func() error { return h.Ask(ctx, q.cypher, q.values(i)) })
			if err != nil {
				return fmt.Errorf("%s by hand: %w", q.name, err)
			}
			if i >= warmUp {
				ours, theirs = append(ours, a), append(theirs, b)
			}
		}
		a, b := median(ours), median(theirs)
		fmt.Printf("| %s | %.2f | %.2f | %.2f |\n", q.name, milliseconds(a), milliseconds(b), float64(a)/float64(b))
	}
	return nil
}

func timed(f func() error) (time.Duration, error) {
	begin := time.Now()
	err := f()
	return time.Since(begin), err
}

func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1000 }
