package main

import (
	"fmt"
	"io"
	"time"
)

// meter tells how far something is, every few seconds and at the end.
type meter struct {
	out       io.Writer
	what      string
	done, all int
	begin     time.Time
	last      time.Time
}

const meterPause = 5 * time.Second

func newMeter(out io.Writer, what string, all int) *meter {
	now := time.Now()
	return &meter{out: out, what: what, all: all, begin: now, last: now}
}

func (m *meter) add(n int) {
	m.done += n
	if now := time.Now(); m.done >= m.all || now.Sub(m.last) >= meterPause {
		m.last = now
		fmt.Fprintf(m.out, "%s: %d of %d after %.0f s\n", m.what, m.done, m.all, now.Sub(m.begin).Seconds())
	}
}
