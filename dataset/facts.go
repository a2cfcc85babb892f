package dataset

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

// factID is how a source in a reference JSONL file names a row of partnership_facts.csv.
var factID = regexp.MustCompile(`^f\d\d$`)

// readFacts reads the facts on the partnership. It returns a function that writes
// out a node's source: each part that names a fact becomes that fact's own source.
func readFacts(files fs.FS) (func(string) (string, error), error) {
	rows, err := readTable(files, "reference/partnership_facts.csv", "id", "date", "topic", "fact", "source")
	if err != nil {
		return nil, err
	}
	sources := map[string]string{}
	for _, r := range rows {
		sources[r.get("id")] = r.get("source")
	}
	return func(source string) (string, error) {
		parts := strings.Split(source, " | ")
		for i, part := range parts {
			if !factID.MatchString(part) {
				continue
			}
			if sources[part] == "" {
				return "", fmt.Errorf("source names the unknown fact %q", part)
			}
			parts[i] = sources[part]
		}
		return strings.Join(parts, " | "), nil
	}, nil
}
