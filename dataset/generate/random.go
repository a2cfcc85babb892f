package generate

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
)

// dice is the source of chance of one node.
type dice struct{ *rand.Rand }

// The purposes of dice. Each has dice of its own, so that what hangs on one can be
// asked again without going through the others.
const (
	forProps uint64 = iota
	forEdges
	forThemes
	forPlace
)

// roll returns the dice of a node: the same for the same seed, kind, number and purpose.
func (g *generator) roll(k kind, number int, purpose uint64) dice {
	return dice{rand.New(rand.NewPCG(g.seed^k.hash(), uint64(number)<<8|purpose))}
}

// hash spreads the kinds over the seeds.
func (k kind) hash() uint64 {
	h := fnv.New64a()
	h.Write([]byte(k.label))
	return h.Sum64()
}

// zipf returns a number below n, lower ones more often: the k-th comes about 1/k
// times as often as the first.
func (d dice) zipf(n int) int {
	return min(int(math.Pow(float64(n+1), d.Float64()))-1, n-1)
}

// popular returns a number below n, some more often than others, as zipf does, but
// spread such that the popular ones are not the first ones.
func (d dice) popular(n int) int {
	const stride = 7919 // a prime that no size in use is a multiple of
	if n%stride == 0 {
		return d.zipf(n)
	}
	return (d.zipf(n)*stride + n/3) % n
}

// few returns from least to most different popular numbers below n, the fewer the
// more often, and none where n is 0.
func (d dice) few(least, most, n int) []int {
	if n == 0 {
		return nil
	}
	most = min(most, n)
	want := least
	for want < most && d.Float64() < 0.4 {
		want++
	}
	var picked []int
	for tries := 0; len(picked) < want && tries < 4*most; tries++ {
		if i := d.popular(n); !slices.Contains(picked, i) {
			picked = append(picked, i)
		}
	}
	return picked
}

// chance is true in that part of all cases.
func (d dice) chance(part float64) bool { return d.Float64() < part }

// one returns one of the words.
func (d dice) one(words []string) string { return words[d.IntN(len(words))] }

// day returns a day in one of the years.
func (d dice) day(first, last int) string {
	return date(first+d.IntN(last-first+1), 1+d.IntN(12), 1+d.IntN(28))
}

func date(year, month, day int) string {
	b := make([]byte, 0, 10)
	b = strconv.AppendInt(b, int64(year), 10)
	for _, n := range []int{month, day} {
		b = append(b, '-', byte('0'+n/10), byte('0'+n%10))
	}
	return string(b)
}
