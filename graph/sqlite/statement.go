package sqlite

import (
	"database/sql/driver"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// statement is SQL text under construction with its arguments in the order of the text.
type statement struct {
	text strings.Builder
	args []driver.NamedValue
}

// add appends text that comes from this package, never from a caller.
func (s *statement) add(parts ...string) {
	for _, p := range parts {
		s.text.WriteString(p)
	}
}

// arg appends a parameter.
func (s *statement) arg(v any) {
	if n, ok := v.(int); ok {
		v = int64(n)
	}
	s.text.WriteByte('?')
	s.args = append(s.args, driver.NamedValue{Ordinal: len(s.args) + 1, Value: v})
}

// list appends a table of values, which are one parameter however many they are.
func (s *statement) list(values []any) error {
	encoded, err := json.Marshal(values)
	if err != nil {
		return graph.Wrap(graph.BadUserInput, err, "a list holds a value that cannot be compared with")
	}
	s.add("(SELECT value FROM json_each(")
	s.arg(string(encoded))
	s.add("))")
	return nil
}

func (s *statement) String() string { return s.text.String() }

// nids encodes row ids as one JSON array.
func nids(ids []int64) string {
	b := make([]byte, 0, 8*len(ids)+2)
	b = append(b, '[')
	for i, id := range ids {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, id, 10)
	}
	return string(append(b, ']'))
}

// compiler turns the parts of a Selection into SQL. It writes into one statement.
type compiler struct {
	statement
	store *Store
	asOf  string
	// terms knows the vocabulary for full-text queries.
	terms *vocabulary
	// aliases counts the table aliases given out, so that nested conditions differ.
	aliases int
	// depth is how deep the condition being written is nested.
	depth int
}

func (c *compiler) alias(prefix string) string {
	c.aliases++
	return prefix + strconv.Itoa(c.aliases)
}
