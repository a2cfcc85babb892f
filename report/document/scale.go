package document

import "math"

// shades is the number of classes above zero.
const shades = 5

// scale divides numbers into classes of equal width: 0 for nothing, then 1 to shades.
type scale struct{ step float64 }

func newScale(highest float64) scale { return scale{step: math.Max(1, math.Ceil(highest/shades))} }

func (s scale) class(v float64) int {
	if v <= 0 {
		return 0
	}
	return min(shades, int(math.Ceil(v/s.step)))
}

// bounds returns the lowest and highest number of a class.
func (s scale) bounds(class int) (low, high float64) {
	return s.step*float64(class-1) + 1, s.step * float64(class)
}
