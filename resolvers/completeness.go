package resolvers

import (
	"context"

	"github.com/i-partnerschap/kennisgraaf/report"
)

// Completeness is how complete a type is.
type Completeness struct{ report.Completeness }

// Lack is a field with what lacks it.
type Lack struct{ report.Lack }

// Completeness resolves the root field completeness.
func (r *queryResolver) Completeness(ctx context.Context, label *string) ([]*Completeness, error) {
	found, err := report.New(r.rt.Store, r.rt.Model).Completeness(ctx, deref(label))
	out := make([]*Completeness, len(found))
	for i := range found {
		out[i] = &Completeness{found[i]}
	}
	return out, err
}

// Type returns the name of the type.
func (c *Completeness) Type() string { return c.Completeness.Type.Name }

// Total returns the number of nodes.
func (c *Completeness) Total() int { return int(c.Completeness.Total) }

// Complete returns the number of nodes that lack nothing.
func (c *Completeness) Complete() int { return int(c.Completeness.Complete) }

// Lacks returns what is expected of the type.
func (c *Completeness) Lacks() []*Lack {
	out := make([]*Lack, len(c.Completeness.Lacks))
	for i, lack := range c.Completeness.Lacks {
		out[i] = &Lack{lack}
	}
	return out
}

// Count returns how many nodes lack the field.
func (l *Lack) Count() int { return int(l.Lack.Count) }

// Label returns what a person calls the field.
func (l *Lack) Label(lang string) string { return l.Lack.Label.In(lang) }
