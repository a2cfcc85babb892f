package corpus

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// chunk is how many numbers a processor takes at a time: few, since some nodes have far
// more documents than others.
const chunk = 1 << 11

// parallel calls f with parts of the numbers below n, of size at most, that together are
// all of them, on all processors.
func parallel(n, size int, f func(from, to int)) {
	var next atomic.Int64
	work := func() {
		for {
			to := int(next.Add(int64(size)))
			if to-size >= n {
				return
			}
			f(to-size, min(to, n))
		}
	}
	workers := min(runtime.GOMAXPROCS(0), (n+size-1)/size)
	var wait sync.WaitGroup
	for range workers - 1 {
		wait.Go(work)
	}
	work()
	wait.Wait()
}

// Numbers lends out n zeros, n being at most the number of nodes or of documents. What is
// no longer used can be given back with Release, for a request after this one.
func (c *Corpus) Numbers(n int) []float64 {
	if old, ok := c.lent.Get().(*[]float64); ok && cap(*old) >= n {
		out := (*old)[:n]
		clear(out)
		return out
	}
	return make([]float64, n, max(n, len(c.Nodes), len(c.docs.length)))
}

// Release takes back what Numbers lent, all of it.
func (c *Corpus) Release(lent ...[]float64) {
	for _, l := range lent {
		if l != nil {
			c.lent.Put(&l)
		}
	}
}
