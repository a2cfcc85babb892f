package sqlite

import (
	"database/sql/driver"
	"fmt"
	"math"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
	"modernc.org/sqlite"
)

// The SQL functions that this package adds. Text comparison runs the very code that
// defines it in package graph/text, so the two cannot drift apart.
const (
	fnContains   = "text_contains"
	fnStartsWith = "text_starts_with"
	fnEndsWith   = "text_ends_with"
	fnDistance   = "distance_km"
)

// newDriver returns a driver with the functions. It is a driver of its own, so nothing
// is registered for the whole process.
func newDriver() (*sqlite.Driver, error) {
	d := &sqlite.Driver{}
	functions := map[string]*sqlite.FunctionImpl{
		fnContains:   textFunction(strings.Contains),
		fnStartsWith: textFunction(strings.HasPrefix),
		fnEndsWith:   textFunction(strings.HasSuffix),
		fnDistance:   {NArgs: 4, Deterministic: true, Scalar: distance},
	}
	for name, f := range functions {
		if err := d.RegisterFunction(name, f); err != nil {
			return nil, fmt.Errorf("function %s: %w", name, err)
		}
	}
	return d, nil
}

// textFunction makes a function of a value, which it folds, and a part that is folded
// already. What is not text never holds.
func textFunction(holds func(s, part string) bool) *sqlite.FunctionImpl {
	return &sqlite.FunctionImpl{
		NArgs: 2, Deterministic: true, VolatileArgs: true,
		Scalar: func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			s, ok := args[0].(string)
			part, ok2 := args[1].(string)
			return ok && ok2 && holds(text.Fold(s), part), nil
		},
	}
}

// distance returns the kilometres between two points as the crow flies, NULL where a
// coordinate is missing.
func distance(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	var degrees [4]float64
	for i, arg := range args {
		f, ok := graph.Number64(arg)
		if !ok {
			return nil, nil //nolint:nilnil // NULL is the answer for a place without coordinates
		}
		degrees[i] = f
	}
	return haversine(degrees[0], degrees[1], degrees[2], degrees[3]), nil
}

func haversine(lat1, lon1, lat2, lon2 float64) float64 {
	const radian = math.Pi / 180
	dLat, dLon := (lat2-lat1)*radian, (lon2-lon1)*radian
	a := math.Pow(math.Sin(dLat/2), 2) + math.Cos(lat1*radian)*math.Cos(lat2*radian)*math.Pow(math.Sin(dLon/2), 2)
	return 2 * graph.EarthRadiusKm * math.Asin(math.Min(1, math.Sqrt(a)))
}
