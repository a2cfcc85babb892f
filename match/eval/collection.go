package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/match/evaluation"
)

// collection is a test collection as it is read from a folder.
type collection struct {
	experts   []expert
	documents []document
	queries   []query
	judgments map[string]evaluation.Judgments
	// pool holds the experts to rank, nil for all.
	pool map[string]bool
}

type expert struct{ ID, Name string }

type document struct {
	ID, Text       string
	Authors, Cites []string
}

type query struct {
	ID, Text, Kind string
	Exclude        []string
}

// maxLine is the longest line of a collection, in bytes.
const maxLine = 16 << 20

func read(dir string) (*collection, error) {
	c := &collection{judgments: map[string]evaluation.Judgments{}}
	err := errors.Join(
		readLines(filepath.Join(dir, "experts.jsonl"), appendJSON(&c.experts)),
		readLines(filepath.Join(dir, "documents.jsonl"), appendJSON(&c.documents)),
		readLines(filepath.Join(dir, "queries.jsonl"), appendJSON(&c.queries)),
		readLines(filepath.Join(dir, "qrels.tsv"), c.judgment),
	)
	if err != nil {
		return nil, err
	}
	pool := filepath.Join(dir, "pool.txt")
	if _, err := os.Stat(pool); errors.Is(err, os.ErrNotExist) {
		return c, nil
	}
	c.pool = map[string]bool{}
	return c, readLines(pool, func(_ int, line string) error {
		c.pool[line] = true
		return nil
	})
}

func appendJSON[T any](list *[]T) func(int, string) error {
	return func(_ int, line string) error {
		var v T
		err := json.Unmarshal([]byte(line), &v)
		*list = append(*list, v)
		return err
	}
}

// judgment reads a line of qrels.tsv, whose first is a header.
func (c *collection) judgment(number int, line string) error {
	fields := strings.Split(line, "\t")
	if len(fields) != 3 {
		return fmt.Errorf("%d fields; want query_id, expert_id, grade", len(fields))
	}
	grade, err := strconv.Atoi(fields[2])
	if err != nil {
		if number == 1 {
			return nil
		}
		return err
	}
	if c.judgments[fields[0]] == nil {
		c.judgments[fields[0]] = evaluation.Judgments{}
	}
	c.judgments[fields[0]][fields[1]] = grade
	return nil
}

// readLines calls f with each line that is not empty, and its number.
func readLines(path string, f func(number int, line string) error) error {
	file, err := os.Open(path) //nolint:gosec // the user names the folder
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // only read
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, maxLine)
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" {
			continue
		}
		if err := f(number, line); err != nil {
			return fmt.Errorf("%s:%d: %w", path, number, err)
		}
	}
	return lines.Err()
}

// ranked returns how many experts are ranked.
func (c *collection) ranked() int {
	if c.pool == nil {
		return len(c.experts)
	}
	return len(c.pool)
}

// pooled keeps the experts of the pool.
func (c *collection) pooled(ranking []string) []string {
	if c.pool == nil {
		return ranking
	}
	return slices.DeleteFunc(slices.Clone(ranking), func(id string) bool { return !c.pool[id] })
}

func (c *collection) baselineDocuments() []evaluation.Document {
	out := make([]evaluation.Document, len(c.documents))
	for i, d := range c.documents {
		out[i] = evaluation.Document{ID: d.ID, Text: d.Text, Authors: d.Authors}
	}
	return out
}
