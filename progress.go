package main

import (
	"fmt"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/i-partnerschap/kennisgraaf/dataset/importer"
)

// progress shows how far a command is: a bar on a terminal, a line now and then elsewhere.
type progress struct {
	out      *os.File
	terminal bool
	bar      *progressbar.ProgressBar
	step     string
	unit     string
	done     int64
	total    int64
	begun    time.Time
	told     time.Time
}

// tellEvery is the time between two plain lines.
const tellEvery = 10 * time.Second

func newProgress(out *os.File) *progress {
	return &progress{out: out, terminal: term.IsTerminal(int(out.Fd()))}
}

// Begin implements importer.Progress.
func (p *progress) Begin(step importer.Step, total int64) {
	unit := "rows"
	if step == importer.Reading {
		unit = "bytes"
	}
	p.begin(string(step), unit, total)
}

func (p *progress) begin(step, unit string, total int64) {
	p.End()
	p.step, p.unit, p.total, p.done = step, unit, total, 0
	p.begun, p.told = time.Now(), time.Now()
	if p.terminal {
		p.bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(p.out), progressbar.OptionSetDescription(step),
			progressbar.OptionShowBytes(unit == "bytes"), progressbar.OptionShowCount(), progressbar.OptionSetItsString(unit),
			progressbar.OptionShowIts(), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
}

// Add implements importer.Progress.
func (p *progress) Add(n int64) {
	p.done += n
	if p.bar != nil {
		_ = p.bar.Add64(n) // it fails where there is more than was announced, and nothing depends on it
		return
	}
	if time.Since(p.told) < tellEvery {
		return
	}
	p.told = time.Now()
	of := ""
	if p.total > 0 {
		of = fmt.Sprintf(" of %d (%d%%)", p.total, 100*p.done/p.total)
	}
	fmt.Fprintf(p.out, "%s: %d%s %s\n", p.step, p.done, of, p.unit)
}

// End implements importer.Progress.
func (p *progress) End() {
	if p.bar != nil {
		_ = p.bar.Clear()
		p.bar = nil
	}
	if p.step != "" && !p.terminal {
		what := "done"
		if p.done > 0 {
			what = fmt.Sprintf("%d %s", p.done, p.unit)
		}
		fmt.Fprintf(p.out, "%s: %s in %.1f s\n", p.step, what, time.Since(p.begun).Seconds())
	}
	p.step = ""
}
