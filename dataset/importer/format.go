package importer

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// readers hold what reads each format onto the stage.
var readers = map[string]func(*input) error{
	"jsonl": readJSONL, "csv": readCSV, "ror": readROR, "openalex": readOpenAlex, "turtle": readTurtle, "jsonld": readJSONLD,
}

// Formats lists the formats that can be read: the exchange format, CSV, the JSON dump of
// ROR, works and authors of OpenAlex a line, and SKOS in Turtle or JSON-LD.
func Formats() []string { return slices.Sorted(maps.Keys(readers)) }

// format tells the format of a file by what was asked for, its name and its beginning,
// and otherwise what is wrong.
func (i *importer) format(name string, head []byte) (format, wrong string) {
	if i.Format != "" {
		if readers[i.Format] == nil {
			return "", fmt.Sprintf("there is no format %q; use one of %s", i.Format, strings.Join(Formats(), ", "))
		}
		return i.Format, ""
	}
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	first := bytes.TrimSpace(head)
	switch {
	case hasEnding(name, ".csv"), hasEnding(name, ".tsv"):
		return "csv", ""
	case hasEnding(name, ".ttl"), hasEnding(name, ".nt"):
		return "turtle", ""
	case hasEnding(name, ".jsonld"):
		return "jsonld", ""
	case bytes.Contains(head, []byte(`"@context"`)), bytes.Contains(head, []byte(`"@graph"`)), bytes.Contains(head, []byte(`"@id"`)):
		return "jsonld", ""
	case bytes.HasPrefix(first, []byte("[")) && bytes.Contains(head, []byte("ror.org/")):
		return "ror", ""
	case bytes.HasPrefix(first, []byte("{")) && bytes.Contains(head, []byte("openalex.org/")) && !bytes.Contains(firstLine(first), []byte(`"props"`)):
		return "openalex", ""
	case bytes.HasPrefix(first, []byte("{")), hasEnding(name, ".jsonl"), hasEnding(name, ".ndjson"):
		return "jsonl", ""
	case bytes.HasPrefix(first, []byte("@prefix")), bytes.HasPrefix(first, []byte("@base")), bytes.HasPrefix(first, []byte("PREFIX")):
		return "turtle", ""
	case hasEnding(name, ".json"):
		return "", "it is JSON of no kind that is known here: ROR's dump is a list of organisations, JSON-LD has an @context; say which with --format"
	}
	return "", fmt.Sprintf("it cannot be told what the file holds; give it the ending of its format, or say with --format which of %s it is", strings.Join(Formats(), ", "))
}

func firstLine(text []byte) []byte {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return line
}
