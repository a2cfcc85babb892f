package exporter

import (
	"archive/zip"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/sheet"
)

// tables writes a table for each type and one for all relations, in whatever holds
// tables.
type tables struct {
	model *graph.Model
	// next begins the next table.
	next func(name string) (sheet.Writer, error)
	// done ends the whole.
	done func() error

	open    sheet.Writer
	of      string
	columns []string
}

// relationsTable is the name of the table of relations.
const relationsTable = "relations"

func (t *tables) begin() error { return nil }

// begun makes sure that the table with the name is open.
func (t *tables) begun(name string, columns func() []string) error {
	if t.of == name {
		return nil
	}
	if t.open != nil {
		if err := t.open.Close(); err != nil {
			return err
		}
	}
	var err error
	if t.open, err = t.next(name); err != nil {
		return err
	}
	t.of, t.columns = name, columns()
	head := make([]any, len(t.columns))
	for i, c := range t.columns {
		head[i] = c
	}
	return t.open.Row(head)
}

func (t *tables) node(of *graph.Type, n *graph.Node) error {
	err := t.begun(of.Plural, func() []string {
		columns := []string{"id"}
		for _, p := range of.Properties {
			if p.Name != "id" {
				columns = append(columns, p.Name)
			}
		}
		return columns
	})
	if err != nil {
		return err
	}
	cells := []any{n.ID}
	for _, name := range t.columns[1:] {
		cells = append(cells, cell(n.Props[name]))
	}
	return t.open.Row(cells)
}

func (t *tables) edge(e graph.Edge) error {
	err := t.begun(relationsTable, func() []string {
		names := map[string]bool{}
		for _, of := range t.model.Types {
			for _, r := range of.Relations {
				for _, p := range r.Properties {
					names[p.Name] = true
				}
			}
		}
		return append([]string{"from", "type", "to"}, slices.Sorted(maps.Keys(names))...)
	})
	if err != nil {
		return err
	}
	cells := []any{e.From, e.Type, e.To}
	for _, name := range t.columns[3:] {
		cells = append(cells, cell(e.Props[name]))
	}
	return t.open.Row(cells)
}

func (t *tables) end() error {
	if t.open != nil {
		if err := t.open.Close(); err != nil {
			return err
		}
	}
	return t.done()
}

// cell returns a value as a table holds it.
func cell(v any) any {
	if list, ok := v.([]string); ok {
		return sheet.JoinList(list)
	}
	return v
}

// newCSV writes a zip archive with a CSV file for each table.
func newCSV(w io.Writer, m *graph.Model, o Options) sink {
	z := zip.NewWriter(w)
	return &tables{model: m, done: z.Close, next: func(name string) (sheet.Writer, error) {
		file, err := z.Create(name + ".csv")
		if err != nil {
			return nil, err
		}
		return sheet.NewCSV(file, o.Excel)
	}}
}

// newXLSX writes a workbook with a sheet for each table.
func newXLSX(w io.Writer, m *graph.Model, _ Options) sink {
	var book *sheet.Workbook
	t := &tables{model: m}
	t.next = func(name string) (s sheet.Writer, err error) {
		if book == nil {
			if book, err = sheet.NewWorkbook(w); err != nil {
				return nil, err
			}
		}
		return book.Sheet(name)
	}
	t.done = func() error {
		if book == nil { // an empty graph is a workbook with an empty table
			if err := t.begun(relationsTable, func() []string { return []string{"from", "type", "to"} }); err != nil {
				return err
			}
		}
		return book.Close()
	}
	return t
}

// text writes a value as text.
func text(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case []string:
		return sheet.JoinList(x)
	case float64:
		return strings.TrimSuffix(fmt.Sprintf("%v", x), ".0")
	}
	return fmt.Sprint(v)
}
