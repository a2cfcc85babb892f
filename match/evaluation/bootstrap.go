package evaluation

import (
	"math/rand/v2"
	"slices"
)

// resamples is how often the bootstrap draws, with a fixed seed, so that the same
// rankings give the same intervals.
const resamples = 10_000

// Interval is a mean with its 95 % bootstrap percentile interval (Efron & Tibshirani
// 1993, chapter 13).
type Interval struct{ Mean, Low, High float64 }

// Bootstrap resamples the queries.
func Bootstrap(values []float64) Interval {
	if len(values) == 0 {
		return Interval{}
	}
	means := resample(values)
	return Interval{Mean: mean(values), Low: means[resamples*25/1000], High: means[resamples*975/1000]}
}

// Paired compares two systems on the same queries: the interval of the difference a-b,
// and how often it came out at 0 or below, doubled: the two-sided p-value (Smucker,
// Allan & Carterette 2007).
func Paired(a, b []float64) (difference Interval, p float64) {
	d := make([]float64, len(a))
	for i := range a {
		d[i] = a[i] - b[i]
	}
	if len(d) == 0 {
		return Interval{}, 1
	}
	means := resample(d)
	below, _ := slices.BinarySearch(means, 1e-12)
	above, _ := slices.BinarySearch(means, -1e-12)
	p = min(1, 2*min(float64(below), float64(resamples-above))/resamples)
	return Interval{Mean: mean(d), Low: means[resamples*25/1000], High: means[resamples*975/1000]}, p
}

func resample(values []float64) []float64 {
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // statistics, not secrets
	means := make([]float64, resamples)
	for i := range means {
		for range values {
			means[i] += values[r.IntN(len(values))]
		}
		means[i] /= float64(len(values))
	}
	slices.Sort(means)
	return means
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}
