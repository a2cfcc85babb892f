package dataset

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// row is one record of a CSV file that knows where it stands.
type row struct {
	file   string
	line   int
	values map[string]string
}

// readTable reads a CSV file. Its header must be exactly the columns given, its
// first column filled and unique; every row needs a source where there is such a column.
func readTable(files fs.FS, file string, columns ...string) ([]row, error) {
	data, err := fs.ReadFile(files, file)
	if err != nil {
		return nil, err
	}
	reader := csv.NewReader(bytes.NewReader(data))
	reader.FieldsPerRecord = len(columns)
	header, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: header: %w", file, err)
	}
	if !slices.Equal(header, columns) {
		return nil, fmt.Errorf("%s:1: header is %q, want %q", file, header, columns)
	}
	records, lines, err := readRecords(reader)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	rows := make([]row, len(records))
	seen := map[string]int{}
	for i, record := range records {
		rows[i] = row{file: file, line: lines[i], values: map[string]string{}}
		for j, column := range columns {
			rows[i].values[column] = record[j]
		}
		if record[0] == "" {
			return nil, rows[i].errorf("%s is empty", columns[0])
		}
		if first, ok := seen[record[0]]; ok {
			return nil, rows[i].errorf("%s %q stands on line %d already", columns[0], record[0], first)
		}
		seen[record[0]] = lines[i]
		if slices.Contains(columns, "source") && rows[i].get("source") == "" {
			return nil, rows[i].errorf("source is empty")
		}
	}
	return rows, nil
}

// readRecords reads the records after the header, and the line each begins on.
func readRecords(reader *csv.Reader) (records [][]string, lines []int, err error) {
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return records, lines, nil
		}
		if err != nil {
			return nil, nil, err
		}
		line, _ := reader.FieldPos(0)
		records, lines = append(records, record), append(lines, line)
	}
}

// where names the row's place.
func (r row) where() string { return r.file + ":" + strconv.Itoa(r.line) }

func (r row) errorf(format string, args ...any) error {
	return fmt.Errorf("%s: %s", r.where(), fmt.Sprintf(format, args...))
}

// get returns a cell. Asking for a column that the table was not read with is a bug.
func (r row) get(column string) string {
	value, ok := r.values[column]
	if !ok {
		panic("dataset: " + r.file + " has no column " + column)
	}
	return value
}

// list splits a cell at its bars; an empty cell is an empty list.
func (r row) list(column string) []string {
	if r.get(column) == "" {
		return []string{}
	}
	return strings.Split(r.get(column), "|")
}

// pick returns what the cell stands for, and an error that names the choices where
// it stands for nothing.
func (r row) pick(column string, choices map[string]string) (string, error) {
	if picked, ok := choices[r.get(column)]; ok {
		return picked, nil
	}
	known := make([]string, 0, len(choices))
	for choice := range choices {
		known = append(known, strconv.Quote(choice))
	}
	slices.Sort(known)
	return "", r.errorf("unknown %s %q: known are %s", column, r.get(column), strings.Join(known, ", "))
}
