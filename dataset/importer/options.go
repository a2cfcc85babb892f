package importer

import (
	"io"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/validate"
)

// Options says what to import and how.
type Options struct {
	// Format is one of Formats, "" to tell by name and content.
	Format string
	// Type is the type that a CSV file holds, "" to tell by its name.
	Type string
	// Columns says what the columns of CSV files are, by header: a property, a relation
	// of the type, or "-" to leave the column out. Headers that say it themselves, such
	// as "name" or "Naam", need no entry.
	Columns map[string]string
	// Countries are the ISO codes of the countries whose institutions are taken from a
	// ROR dump; none means NL.
	Countries []string
	// Actor is who the change log says it was.
	Actor string
	// DryRun writes nothing, and says of each row what would become of it.
	DryRun bool
	// Batch is how many changes make one transaction; 0 is DefaultBatch.
	Batch int
	// TempDir is where the stage is made; "" is the system's.
	TempDir string
	// Progress is told how far the import is; nil is nobody.
	Progress Progress
	// Row is called for each row of a dry run; nil is nobody.
	Row func(Row)
	// Searches says what is wrong with a saved search that will have these properties,
	// beside what the model says; nil has none imported.
	Searches func(props map[string]any) []validate.Problem
	// Stdin is what the path "-" reads; nil means that it cannot be read.
	Stdin io.Reader
}

// DefaultBatch is how many changes make one transaction.
const DefaultBatch = 5000

// Progress follows the steps of an import.
type Progress interface {
	// Begin begins a step that ends the one before; total is how much there is to do in
	// it, in bytes where the step reads files and in rows elsewhere, -1 where that is
	// not known.
	Begin(step Step, total int64)
	// Add says that so much more is done.
	Add(n int64)
	// End ends the last step.
	End()
}

// Step is a part of an import.
type Step string

// The steps, in order. Compare is that of a dry run, Write that of any other.
const (
	Reading Step = "read"
	Check   Step = "check"
	Compare Step = "compare"
	Write   Step = "write"
)

// Verdict is what becomes of a row.
type Verdict string

// The verdicts. Skipped is what the import leaves out by itself, such as an author who
// is in nobody's graph.
const (
	Created   Verdict = "created"
	Updated   Verdict = "updated"
	Unchanged Verdict = "unchanged"
	Skipped   Verdict = "skipped"
)

// Row is what a dry run says of one row.
type Row struct {
	Verdict Verdict
	File    string
	Line    int
	graph.Change
}

// Counts are how many nodes, relations or saved searches met each verdict.
type Counts struct{ Created, Updated, Unchanged, Skipped int64 }

// Total is the number of all.
func (c Counts) Total() int64 { return c.Created + c.Updated + c.Unchanged + c.Skipped }

// Result is what an import did, or would do.
type Result struct {
	Nodes, Relations, Searches Counts
	// Touched counts the nodes that were created or updated, by type.
	Touched map[string]int64
	// Notes are what is worth knowing and wrong with nothing, by text, with how often.
	Notes map[string]int64
	// Faults are what is wrong, the first MaxFaults of them, in the order in which they
	// were found; FaultCount is how many there are. Where there are any, nothing was
	// written.
	Faults     []*dataset.Fault
	FaultCount int64
	// Written tells how many changes of how many are in the store, where writing began.
	Written, ToWrite int64
}

// MaxFaults is how many faults a Result holds.
const MaxFaults = 1000
