package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/match/evaluation"
)

// read reads a collection, and tells all that is wrong with it at once.
func read(dir string) (*collection, error) {
	c := &collection{judgments: map[string]evaluation.Judgments{}}
	err := errors.Join(
		readLines(filepath.Join(dir, "experts.jsonl"), appendJSON(&c.experts, func(e *expert) string { return e.ID })),
		readLines(filepath.Join(dir, "documents.jsonl"), appendJSON(&c.documents, func(d *document) string { return d.ID })),
		readLines(filepath.Join(dir, "queries.jsonl"), appendJSON(&c.queries, func(q *query) string { return q.ID })),
		readLines(filepath.Join(dir, "qrels.tsv"), c.judgment),
	)
	pool := filepath.Join(dir, "pool.txt")
	if _, missing := os.Stat(pool); !errors.Is(missing, os.ErrNotExist) {
		c.pool = map[string]bool{}
		err = errors.Join(err, readLines(pool, func(_ int, line string) error {
			c.pool[line] = true
			return nil
		}))
	}
	if err != nil {
		return nil, err
	}
	return c, c.check()
}

func appendJSON[T any](list *[]T, id func(*T) string) func(int, string) error {
	return func(_ int, line string) error {
		var v T
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			return err
		}
		if id(&v) == "" {
			return errors.New("there is no id")
		}
		*list = append(*list, v)
		return nil
	}
}

// judgment reads a line of qrels.tsv, whose first is a header.
func (c *collection) judgment(number int, line string) error {
	fields := strings.Split(line, "\t")
	if len(fields) != 3 {
		return fmt.Errorf("%d fields between tabs; want query_id, expert_id, grade", len(fields))
	}
	grade, err := strconv.Atoi(strings.TrimSpace(fields[2]))
	if err != nil {
		if number == 1 {
			return nil
		}
		return fmt.Errorf("the grade is %q; want a whole number", fields[2])
	}
	if c.judgments[fields[0]] == nil {
		c.judgments[fields[0]] = evaluation.Judgments{}
	}
	c.judgments[fields[0]][fields[1]] = grade
	return nil
}

// readLines calls f with each line that is not empty, and its number, and tells of
// each that f refuses.
func readLines(path string, f func(number int, line string) error) error {
	file, err := os.Open(path) //nolint:gosec // the user names the folder
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // only read
	wrong := &faults{}
	lines := bufio.NewReader(file)
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		text := strings.TrimSpace(string(bytes.TrimPrefix(line, []byte("\ufeff"))))
		if text != "" {
			if err := f(number, text); err != nil {
				wrong.add("%s:%d: %w", path, number, err)
			}
		}
		if errors.Is(err, io.EOF) {
			return errors.Join(wrong.errs()...)
		}
		if err != nil {
			return err
		}
	}
}

// mostFaults is how many faults of a kind are told one by one.
const mostFaults = 20

// faults gathers what is wrong.
type faults struct {
	list []error
	more int
	seen map[string]bool
}

func (f *faults) add(format string, args ...any) {
	if len(f.list) == mostFaults {
		f.more++
		return
	}
	f.list = append(f.list, fmt.Errorf(format, args...))
}

// unique tells of an id that was seen before.
func (f *faults) unique(kind, id string) {
	if f.seen == nil {
		f.seen = map[string]bool{}
	}
	if f.seen[kind+id] {
		f.add("%s %q is there twice", kind, id)
	}
	f.seen[kind+id] = true
}

func (f *faults) errs() []error {
	if f.more == 0 {
		return f.list
	}
	return append(slices.Clip(f.list), fmt.Errorf("and %d more", f.more))
}
