package sqlite

import (
	"context"
	"database/sql/driver"
	"strings"
	"sync"

	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// vocabulary is the set of terms that the text of the nodes contains, kept in memory so
// that a term of a query can be looked for inside longer words. Terms that are in it but
// no longer in any text do no harm: they find nothing.
type vocabulary struct {
	mu sync.Mutex
	// last is the highest number of a term that is in the set.
	last int64
	// all holds the terms, each between two separators, so that one search over one
	// string finds every term that contains another.
	all string
	// added holds terms that are not in all yet, in the same form.
	added strings.Builder
	// known keeps a term that went and came back from being taken in twice.
	known map[string]bool
}

// separator stands between terms. It cannot be part of one.
const separator = "\x00"

// refresh takes in the terms that were written since the last time, as the connection's
// transaction sees them.
func (v *vocabulary) refresh(ctx context.Context, c *conn) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	args := named([]driver.Value{v.last})
	return c.query(ctx, "SELECT tid,term FROM term WHERE tid>? ORDER BY tid", args, func(row []driver.Value) error {
		tid, _ := row[0].(int64)
		term, _ := row[1].(string)
		v.last = tid
		v.add(term)
		return nil
	})
}

func (v *vocabulary) add(term string) {
	if v.known[term] {
		return
	}
	if v.known == nil {
		v.known = map[string]bool{}
		v.added.WriteString(separator)
	}
	v.known[term] = true
	v.added.WriteString(term + separator)
}

// expand returns the terms that a term of a query finds, as text.Match defines.
func (v *vocabulary) expand(query string) []string {
	if !text.IsCompoundable(query) {
		return []string{query}
	}
	all := v.snapshot()
	var found []string
	for at := 0; ; {
		hit := strings.Index(all[at:], query)
		if hit < 0 {
			return found
		}
		start := strings.LastIndex(all[:at+hit], separator) + len(separator)
		end := at + hit + strings.Index(all[at+hit:], separator)
		found = append(found, all[start:end])
		at = end
	}
}

// snapshot returns the whole set.
func (v *vocabulary) snapshot() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.added.Len() > 0 {
		v.all += v.added.String()
		v.added = strings.Builder{}
	}
	return v.all
}
