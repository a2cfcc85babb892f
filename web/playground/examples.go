package playground

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

//go:embed examples.json
var examplesFile []byte

// Example is one worked example: a question in words, and the GraphQL that answers it.
type Example struct {
	Title     string         `json:"title"`               // the question in English
	TitleNL   string         `json:"titleNl"`             // the question in Dutch
	Operation string         `json:"operation"`           // the name of the operation, which is also the name of its tab
	Query     string         `json:"query"`               // the document: comments, then one named operation
	Variables map[string]any `json:"variables,omitempty"` // the values of its variables, if it has any
}

// Examples returns the worked examples in the order in which they are shown. Their operation names differ from each
// other, so that an example can be linked to as MountPath + "?example=" + Operation.
func Examples() ([]Example, error) {
	return parseExamples(examplesFile)
}

// exampleEntry is an example as examples.json has it: the query is a list of lines, which reads and compares better
// than one long string.
type exampleEntry struct {
	Title     string         `json:"title"`
	TitleNL   string         `json:"titleNl"`
	Query     []string       `json:"query"`
	Variables map[string]any `json:"variables"`
}

// operationName finds the one named operation where GraphiQL looks for it too: at the start of a line.
var operationName = regexp.MustCompile(`(?m)^(?:query|mutation|subscription)\s+(\w+)`)

func parseExamples(content []byte) ([]Example, error) {
	decoder := json.NewDecoder(strings.NewReader(string(content)))
	decoder.DisallowUnknownFields()
	var entries []exampleEntry
	if err := decoder.Decode(&entries); err != nil {
		return nil, fmt.Errorf("examples.json: %w", err)
	}
	examples := make([]Example, 0, len(entries))
	seen := map[string]bool{}
	for i, entry := range entries {
		query := strings.Join(entry.Query, "\n") + "\n"
		names := operationName.FindAllStringSubmatch(query, -1)
		switch {
		case entry.Title == "" || entry.TitleNL == "":
			return nil, fmt.Errorf("examples.json: example %d lacks title or titleNl", i+1)
		case len(names) != 1:
			return nil, fmt.Errorf("examples.json: %q has %d named operations, not one", entry.Title, len(names))
		case seen[names[0][1]]:
			return nil, fmt.Errorf("examples.json: two examples are named %s", names[0][1])
		}
		seen[names[0][1]] = true
		examples = append(examples, Example{
			Title: entry.Title, TitleNL: entry.TitleNL,
			Operation: names[0][1], Query: query, Variables: entry.Variables,
		})
	}
	return examples, nil
}
