package dataset

import (
	"fmt"
	"io/fs"
	"path"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// addLines adds every JSONL file in a folder, in order of name. Where source is not
// nil it writes out the nodes' source.
func addLines(b *builder, files fs.FS, folder string, source func(string) (string, error)) error {
	names, err := fs.Glob(files, path.Join(folder, "*.jsonl"))
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := addFile(b, files, name, source); err != nil {
			return err
		}
	}
	return nil
}

func addFile(b *builder, files fs.FS, name string, source func(string) (string, error)) error {
	f, err := files.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	for line, err := range Read(name, f) {
		if err != nil {
			return err
		}
		if line.Op == graph.Connect {
			b.edge(line.Where(), line.Type, line.From, line.To, line.Props)
			continue
		}
		if given, ok := line.Props["source"].(string); ok && source != nil {
			written, err := source(given)
			if err != nil {
				return fmt.Errorf("%s: %w", line.Where(), err)
			}
			line.Props["source"] = written
		}
		b.node(line.Where(), line.Label, line.ID, line.Props)
	}
	return nil
}
