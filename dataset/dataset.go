package dataset

import (
	"embed"
	"fmt"
	"io/fs"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// The names of the datasets.
const (
	// Demo is the reference layer and the invented demo layer on top of it.
	Demo = "demo"
	// Reference is facts only.
	Reference = "reference"
	// None is an empty graph.
	None = "none"
)

// Names lists the names that Changes knows.
func Names() []string { return []string{Demo, Reference, None} }

//go:embed reference/*.csv reference/*.jsonl
var referenceFiles embed.FS

//go:embed demo/*.jsonl
var demoFiles embed.FS

// Changes returns the named dataset as changes: every UpsertNode first, then every
// Connect between them. Applying them again changes nothing. An unknown name is a
// BadUserInput error; any other error means that the bundled files are at fault, and
// names the file and line.
func Changes(name string) ([]graph.Change, error) {
	switch name {
	case Demo:
		return build(referenceFiles, demoFiles)
	case Reference:
		return build(referenceFiles, nil)
	case None:
		return nil, nil
	}
	return nil, graph.Errorf(graph.BadUserInput, "unknown dataset %q: use %s, %s or %s", name, Demo, Reference, None)
}

// build reads the layers from their files; a nil demo is left out.
func build(reference, demo fs.FS) ([]graph.Change, error) {
	b := newBuilder()
	if err := addReference(b, reference); err != nil {
		return nil, fmt.Errorf("reference data: %w", err)
	}
	if demo != nil {
		if err := addLines(b, demo, "demo", nil); err != nil {
			return nil, fmt.Errorf("demo data: %w", err)
		}
	}
	return b.changes()
}
