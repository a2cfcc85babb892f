package graph

import (
	"context"
	"crypto/rand"
	"slices"
	"strconv"
	"strings"
)

// Cleaner is what a Store may be besides: one that keeps of what it no longer has in its
// files until it cleans them.
type Cleaner interface {
	// Clean overwrites in the files what was erased since they were cleaned last, and tells
	// whether there was anything to do. It may take long, and as much free room as the
	// store has, twice. Where it fails or is stopped, it is to be called again.
	Clean(ctx context.Context) (bool, error)
}

// Erase returns the change that erases a node: see EraseNode. It has a pseudonym of its own.
func Erase(label, id, expect string, aliases ...string) Change {
	return Change{Op: EraseNode, Label: label, ID: id, Expect: expect, Aliases: aliases, As: "erased-" + strings.ToLower(rand.Text())}
}

// Pseudonym is what takes the place of a name in the change log.
type Pseudonym struct{ Name, As string }

// Pseudonyms returns what an EraseNode replaces: the id first, then each alias once.
func (c Change) Pseudonyms() []Pseudonym {
	all := []Pseudonym{{c.ID, c.As}}
	for _, name := range c.Aliases {
		if name != "" && !slices.ContainsFunc(all, func(p Pseudonym) bool { return p.Name == name }) {
			all = append(all, Pseudonym{name, c.As + "-" + strconv.Itoa(len(all)+1)})
		}
	}
	return all
}

// Forget does to an entry what its EraseNode does to the change log for one name.
func (e *LogEntry) Forget(p Pseudonym) {
	about := false
	for _, id := range []*string{&e.ID, &e.From, &e.To} {
		if *id == p.Name {
			*id, about = p.As, true
		}
	}
	if e.Actor == p.Name {
		e.Actor = p.As
	}
	if about && e.Before != nil {
		e.Before = map[string]any{}
	}
	if about && e.After != nil {
		e.After = map[string]any{}
	}
}

// Erasure tells whether the entry says that a node of its Label is gone without saying
// which, since it was erased. Who keeps an image of the graph by the log has to find out
// which of its nodes are no longer there.
func (e LogEntry) Erasure() bool { return e.Op == DeleteNode && len(e.Before) == 0 }

// CheckErasure refuses a write that erases a node and does more.
func CheckErasure(changes []Change) error {
	if len(changes) > 1 && slices.ContainsFunc(changes, func(c Change) bool { return c.Op == EraseNode }) {
		return Errorf(BadUserInput, "erasing a node is a write of its own; make the other changes before or after it")
	}
	return nil
}
