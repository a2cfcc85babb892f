package limits

// ceiling is "more than any limit": sums and products stop there instead of wrapping round to something small.
const ceiling = 1 << 40

// plus adds two counts between 0 and ceiling.
func plus(a, b int) int { return min(a+b, ceiling) }

// times multiplies two counts between 0 and ceiling.
func times(a, b int) int {
	if a != 0 && b > ceiling/a {
		return ceiling
	}
	return a * b
}
