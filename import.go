package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/dataset/importer"
	"github.com/i-partnerschap/kennisgraaf/resolvers"
	"github.com/i-partnerschap/kennisgraaf/web/limits"
)

type importCmd struct {
	Paths         []string          `arg:"" name:"path" help:"Files, folders, .zip or .gz archives of them, or - for the standard input."`
	Format        string            `enum:",jsonl,csv,ror,openalex,turtle,jsonld" default:"" placeholder:"FORMAT" help:"What the files are: jsonl, csv, ror, openalex, turtle or jsonld; told by name and content where it is left out."`
	Type          string            `placeholder:"TYPE" help:"Type that a CSV file holds, such as Person; told by its name (people.csv) where it is left out."`
	Map           map[string]string `placeholder:"HEADER=PROPERTY" help:"What a column of a CSV file is, where its header does not say so; HEADER=- leaves the column out."`
	Country       []string          `default:"NL" help:"Countries whose institutions are taken from a ROR dump."`
	DryRun        bool              `short:"n" help:"Write nothing; say of each row whether it would be created, updated or left as it is."`
	Batch         int               `default:"5000" help:"Changes in one transaction."`
	DuplicatesMax int64             `default:"20000" placeholder:"N" help:"Look for possible duplicates among types of at most N nodes, which are read as a whole; 0 to not look."`
	Actor         string            `default:"import" env:"IPG_ACTOR" help:"Who the change log says it was."`
}

// Help explains what the flags cannot.
func (*importCmd) Help() string {
	return `Everything is read and checked before anything is written, and every fault is named with its file, line and column.
Where there is one, nothing is written. Rows are upserts, so an import that was interrupted can be run again, and
running it twice changes nothing. Nothing is deleted. The store is not filled with the bundled dataset first.
Afterwards it lists people and institutions that may be the same, where some were written; all nodes of these types are
read for that, so not where there are more than --duplicates-max.

- jsonl: what export writes, nodes and relations, one a line, with the moments at which they were made and changed; and saved
  searches, checked as saveSearch checks them. A search with a webhook that is new or changes is told of what comes after
  the import; one that stays as it is goes on where it was. Whether a server may post to a private network is its own to say,
  when it delivers (--webhook-allow-private). A copy posts to the same addresses, where its server has a webhook secret.
- csv: one type a file, named after it (people.csv, Person.csv, personen.csv). The header names properties, in English or
  Dutch, and relations, whose cells hold ids. Lists are separated by |. An empty cell leaves what is there. A file with
  columns from, type and to holds relations; its other columns are their properties. Columns are separated by commas,
  semicolons or tabs; with semicolons a number may have a decimal comma. A day is 2021-03-31 or 31-3-2021.
- ror: ROR's JSON dump (schema 2): education institutions, found again by their ROR.
- openalex: works become publications (by DOI) and authors people (by ORCID), a JSON object a line. Topics and keywords
  become themes where a theme has that label. Authors who are in neither the graph nor the import are left out.
- turtle, jsonld: SKOS concepts become themes; anything else is left out.

Examples:
  kennisgraaf import people.csv relations.csv --dry-run
  kennisgraaf import --store neo4j://localhost:7687 graph.jsonl.gz`
}

// Run imports the files.
func (m *importCmd) Run(ctx context.Context, c *cli, _ *slog.Logger, stdout *os.File) (err error) {
	store, model, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	bar := newProgress(os.Stderr)
	options := importer.Options{
		Format: m.Format, Type: m.Type, Columns: m.Map, Countries: m.Country, Actor: m.Actor, DryRun: m.DryRun, Batch: m.Batch,
		Progress: bar, Stdin: os.Stdin, Searches: resolvers.SearchJudge(model, store, limits.Default().CheckVariables),
	}
	if m.DryRun {
		options.Row = func(r importer.Row) {
			what := r.Label + " " + r.ID
			if r.Type != "" {
				what = r.Type + " " + r.From + " → " + r.To
			}
			fmt.Fprintf(stdout, "%s:%d: %s %s\n", r.File, r.Line, r.Verdict, what)
		}
	}
	result, err := importer.Run(ctx, store, model, m.Paths, options)
	if result != nil {
		printImport(stdout, os.Stderr, result, m.DryRun, err)
	}
	if ctx.Err() != nil {
		return errors.New("the import was stopped")
	}
	if err != nil {
		return err
	}
	return m.reportDuplicates(ctx, stdout, store, model, result.Touched)
}

// printImport says what was done; faults go where errors go.
func printImport(stdout, stderr io.Writer, r *importer.Result, dry bool, err error) {
	for _, f := range r.Faults {
		fmt.Fprintln(stderr, f)
	}
	if more := r.FaultCount - int64(len(r.Faults)); more > 0 {
		fmt.Fprintf(stderr, "… and %d more\n", more)
	}
	for _, note := range slices.Sorted(maps.Keys(r.Notes)) {
		fmt.Fprintf(stdout, "%s (%d)\n", note, r.Notes[note])
	}
	if r.FaultCount > 0 {
		return
	}
	if err != nil {
		if r.Written > 0 {
			fmt.Fprintf(stdout, "%d of %d changes are in the store; run the same import again to write the rest.\n", r.Written, r.ToWrite)
		} else {
			fmt.Fprintln(stdout, "Nothing was written.")
		}
		return
	}
	if dry {
		fmt.Fprintln(stdout, "Dry run, nothing was written. It would be:")
	}
	changed := int64(0)
	for _, one := range []struct {
		what   string
		counts importer.Counts
	}{{"nodes", r.Nodes}, {"relations", r.Relations}, {"searches", r.Searches}} {
		if one.what == "searches" && one.counts.Total() == 0 {
			continue
		}
		changed += one.counts.Created + one.counts.Updated
		fmt.Fprintf(stdout, "%-10s %d created, %d updated, %d unchanged", one.what, one.counts.Created, one.counts.Updated, one.counts.Unchanged)
		if one.counts.Skipped > 0 {
			fmt.Fprintf(stdout, ", %d left out", one.counts.Skipped)
		}
		fmt.Fprintln(stdout)
	}
	if changed == 0 {
		fmt.Fprintln(stdout, "Nothing changed: the store holds all of it already.")
	}
}
