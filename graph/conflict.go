package graph

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
)

// The conflicts are worded here, so that every store tells them in the same way.

// ConflictStale is the Conflict of a node that has another updatedAt than c.Expect.
// last is the last log entry about the node, nil where there is none.
func ConflictStale(c Change, updatedAt string, last *LogEntry) *Error {
	if last == nil {
		return Errorf(Conflict, "the %s %q is of %s, not of %s; read it again and repeat the change", c.Label, c.ID, updatedAt, c.Expect)
	}
	return Errorf(Conflict, "%q changed the %s %q at %s (%s), after %s; read it again and repeat the change",
		last.Actor, c.Label, c.ID, last.At.Format(momentLayout), strings.Join(last.Changed(), ", "), c.Expect)
}

// ConflictNeeded is the Conflict of deleting a node that has relations, without Cascade.
// types holds the type of each relation.
func ConflictNeeded(c Change, types []string) *Error {
	counts := map[string]int{}
	for _, t := range types {
		counts[t]++
	}
	var parts []string
	for _, t := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%d %s", counts[t], t))
	}
	return Errorf(Conflict, "the %s %q still has relations (%s), which would go with it; delete it with cascade: true, or disconnect them first",
		c.Label, c.ID, strings.Join(parts, ", "))
}

// ConflictKey is the Conflict of a key that another node has. It names neither the value
// nor the other node where the property is personal.
func ConflictKey(c Change, p *Property, other string) *Error {
	if p.Personal {
		return Errorf(Conflict, "another %s has the same %s as is given for %q; no two have the same one", c.Label, p.Name, c.ID)
	}
	return Errorf(Conflict, "the %s %q has the %s %v already; update that one, or give %q another", c.Label, other, p.Name, c.Props[p.Name], c.ID)
}

// ConflictGuard is the Conflict of a Guard that does not hold.
func ConflictGuard(c Change) *Error {
	return Errorf(Conflict, "the relations %s of %q were changed meanwhile; read them again and repeat the change", c.Type, c.From+c.To)
}

// Holds tells whether found are the relations that a Guard expects.
func (c Change) Holds(found []Edge) bool {
	if len(found) != len(c.Edges) {
		return false
	}
	for _, e := range c.Edges {
		if !slices.ContainsFunc(found, func(f Edge) bool {
			return e.Type == f.Type && e.From == f.From && e.To == f.To && len(e.Props) == len(f.Props) && (len(e.Props) == 0 || reflect.DeepEqual(e.Props, f.Props))
		}) {
			return false
		}
	}
	return true
}

// Changed returns the names of the properties that differ before and after, sorted,
// without updatedAt.
func (e LogEntry) Changed() []string {
	names := map[string]bool{}
	for _, side := range []map[string]any{e.Before, e.After} {
		for name := range side {
			if name != "updatedAt" && !reflect.DeepEqual(e.Before[name], e.After[name]) {
				names[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

const momentLayout = "2006-01-02T15:04:05.000Z"

// NextMoment returns the updatedAt of a node that is changed now and was changed last at
// before: now, or a millisecond after before where the clock says no later.
func NextMoment(now time.Time, before any) string {
	s := now.UTC().Format(momentLayout)
	last, _ := before.(string)
	if s > last {
		return s
	}
	t, err := time.Parse(momentLayout, last)
	if err != nil {
		return s
	}
	return t.Add(time.Millisecond).Format(momentLayout)
}

// Keys returns the properties that are external keys.
func (t *Type) Keys() []*Property {
	var keys []*Property
	for _, p := range t.Properties {
		if p.Key {
			keys = append(keys, p)
		}
	}
	return keys
}
