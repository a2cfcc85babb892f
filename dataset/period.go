package dataset

import (
	"fmt"
	"time"
)

// period is a day, month or year as the sources know it.
type period struct {
	start, end time.Time
	// precision is "" for a day, else "maand" or "jaar".
	precision string
}

// parsePeriod reads 2022, 2022-03 or 2022-03-22.
func parsePeriod(s string) (period, error) {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return period{start: t, end: t}, nil
	}
	if t, err := time.Parse("2006-01", s); err == nil {
		return period{t, t.AddDate(0, 1, -1), "maand"}, nil
	}
	if t, err := time.Parse("2006", s); err == nil {
		return period{t, t.AddDate(1, 0, -1), "jaar"}, nil
	}
	return period{}, fmt.Errorf("%q is no date: want 2006, 2006-01 or 2006-01-02", s)
}

func (p period) first() string { return p.start.Format(time.DateOnly) }
func (p period) last() string  { return p.end.Format(time.DateOnly) }
