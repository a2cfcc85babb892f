package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/i-partnerschap/kennisgraaf/dataset/exporter"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/privacy"
)

type exportCmd struct {
	Format          string `default:"jsonl" enum:"jsonl,csv,xlsx,graphml,cytoscape,jsonld" help:"Form of the export: jsonl, csv, xlsx, graphml, cytoscape or jsonld."`
	About           string `placeholder:"ID" help:"Write all that is held about one person (or another node) instead, as one JSON document."`
	Output          string `short:"o" default:"-" placeholder:"FILE" help:"File to write; - is the standard output."`
	WithoutPersonal bool   `help:"Leave out personal fields (e-mail, telephone, ORCID) and saved searches, which may name people and hold secret addresses."`
	WhileWriting    bool   `help:"Accept that others write while the export reads; the file may then hold half of what they wrote."`
	Excel           bool   `help:"CSV as a Dutch Excel wants it: with a byte order mark, semicolons and decimal commas."`
}

// Help explains what the flags cannot.
func (*exportCmd) Help() string {
	return `An export is the operator's own copy: it holds the whole graph, personal fields included; the change log stays
behind. Keep it as you keep the store, or pass --without-personal for a copy to give away.

- jsonl: complete, with the moments at which nodes were made and changed, and with the saved searches, whose webhooks may be
  secrets; import reads it back, into either kind of store, and exporting again gives the same bytes. How far a search was
  delivered belongs to the store's own change log, and stays behind with it. The other formats hold the network only.
- csv: a zip archive with a file for each type and one for all relations; lists are separated by |, and a text that a spreadsheet
  would take for a formula has an apostrophe in front, which import takes off.
- xlsx: a workbook with the same.
- graphml: for Gephi, yEd and the like.
- cytoscape: JSON for Cytoscape and cytoscape.js.
- jsonld: linked data; themes are SKOS concepts.

With --about ID it writes what is held about one person instead, to hand over to them: the node with all its properties; its
relations with the name at the other end; all that the change log tells of it, when and by whom it was written; and what it
wrote itself. What was merged into it is part of it, and of one that was deleted the log still tells. Texts of others can
name a person too: erase --dry-run lists these.

The file is written whole or not at all. A store has no one view for so long a read: where others wrote meanwhile the export
is made again, three times at most.`
}

// attempts is how often an export is made where others write meanwhile.
const attempts = 3

// Run writes the export.
func (e *exportCmd) Run(ctx context.Context, c *cli, log *slog.Logger, stdout *os.File) (err error) {
	if e.About != "" {
		return e.about(ctx, c, stdout)
	}
	store, model, err := c.existing(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	bar := newProgress(os.Stderr)
	options := exporter.Options{WithoutPersonal: e.WithoutPersonal, WhileWriting: e.WhileWriting, Excel: e.Excel, Progress: bar.Add}
	var counts exporter.Counts
	for n := 1; ; n++ {
		bar.begin("export", "rows", -1)
		err = writeTo(e.Output, stdout, func(w io.Writer) (err error) {
			counts, err = exporter.Write(ctx, w, store, model, e.Format, options)
			return err
		})
		bar.End()
		if graph.CodeOf(err) != graph.Conflict || err == nil || e.Output == "-" || n == attempts {
			break
		}
		log.Warn("the graph changed while it was exported; exporting again")
	}
	if err == nil && e.Output != "-" {
		fmt.Fprintf(stdout, "%s: %d nodes, %d relations", e.Output, counts.Nodes, counts.Relations)
		if counts.Searches > 0 {
			fmt.Fprintf(stdout, ", %d saved searches", counts.Searches)
		}
		fmt.Fprintln(stdout)
	}
	return err
}

// about writes what is held about one node.
func (e *exportCmd) about(ctx context.Context, c *cli, stdout *os.File) (err error) {
	if e.WithoutPersonal || e.Excel || e.WhileWriting || e.Format != "jsonl" {
		return graph.Errorf(graph.BadUserInput, "--about writes one JSON document with all that is held; leave out --format, --excel, --without-personal and --while-writing")
	}
	store, model, err := c.existing(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	record, err := privacy.Find(ctx, store, model, e.About)
	if err != nil {
		return err
	}
	if err := writeTo(e.Output, stdout, record.Write); err != nil {
		return err
	}
	if e.Output != "-" {
		fmt.Fprintf(stdout, "%s: %d relations, %d entries of the change log\n", e.Output, len(record.Relations), len(record.Log))
	}
	return nil
}
