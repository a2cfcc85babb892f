package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/report"
	"github.com/i-partnerschap/kennisgraaf/report/document"
)

type reportCmd struct {
	Coverage coverageCmd `cmd:"" help:"Regional coverage: demand and supply, promises and facts."`
}

type coverageCmd struct {
	Format   string  `default:"html" enum:"html,xlsx,csv,json,pdf" help:"Form of the report: html, xlsx, csv, json, or pdf (which needs Chromium)."`
	Output   string  `short:"o" default:"-" placeholder:"FILE" help:"File to write; - is the standard output."`
	Lang     string  `default:"nl" enum:"nl,en" help:"Language: nl or en."`
	AsOf     string  `placeholder:"DATE" help:"Day of the report; today where it is left out."`
	Compare  string  `placeholder:"DATE" help:"Earlier day to compare with."`
	Regions  string  `default:"province" enum:"province,landsdeel,network" help:"Kind of region: province, landsdeel or network."`
	Level    int     `default:"1" help:"Level of the tree of themes; 1 is the top."`
	Km       float64 `default:"50" help:"How far supply may be to be nearby, in kilometres."`
	Branches bool    `help:"Count branches as places of supply, beside seats."`
	Map      string  `default:"gap" placeholder:"MEASURE" help:"What the map is shaded by, such as gap, projects or fieldlabs_active."`
	Heat     string  `default:"vraagstukken_open" placeholder:"MEASURE" help:"What the table of themes by region counts."`
	Gaps     int     `default:"25" help:"How many questions without supply to list; -1 lists all."`
	Excel    bool    `help:"CSV as a Dutch Excel wants it: with a byte order mark, semicolons and decimal commas."`
	Browser  string  `env:"IPG_BROWSER" placeholder:"PROGRAM" help:"Chromium that prints the PDF; looked for where it is left out."`
}

// Run makes the report and writes it.
func (r *coverageCmd) Run(ctx context.Context, c *cli, log *slog.Logger, stdout *os.File) (err error) {
	store, model, err := c.open(ctx, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	made, err := report.New(store, model).Report(ctx, report.Options{
		AsOf: r.AsOf, Compare: r.Compare, Today: time.Now(), Km: r.Km, Branches: r.Branches, RegionKind: strings.ToUpper(r.Regions),
		Level: r.Level, Map: report.Measure(strings.ToUpper(r.Map)), Heat: report.Measure(strings.ToUpper(r.Heat)), Gaps: r.Gaps,
	})
	if err != nil {
		return err
	}
	options := document.Options{Lang: document.Lang(strings.ToUpper(r.Lang)), CSV: document.CSVOptions{Excel: r.Excel}, Browser: r.Browser}
	return writeTo(r.Output, stdout, func(w io.Writer) error { return document.Write(ctx, w, made, r.Format, options) })
}

// writeTo writes a file whole or not at all: what is there stays until the new one is done.
func writeTo(path string, stdout io.Writer, write func(io.Writer) error) (err error) {
	if path == "-" {
		out := bufio.NewWriter(stdout)
		return errors.Join(write(out), out.Flush())
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return graph.Errorf(graph.BadUserInput, "%s is a folder; name a file in it", path)
	}
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return graph.Wrap(graph.BadUserInput, err, "%s cannot be written; name a file in a folder that exists", path)
	}
	out := bufio.NewWriter(file)
	if err := errors.Join(write(out), out.Flush(), file.Close()); err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	const readable = 0o644
	return errors.Join(os.Chmod(file.Name(), readable), os.Rename(file.Name(), path))
}
