package main

import (
	"errors"
	"maps"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/match/corpus"
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

// judged splits the queries into those that have a right answer among the ranked, and
// the number of others, which no ranking could answer.
func (c *collection) judged() (queries []query, others int) {
	for _, q := range c.queries {
		right := false
		for id, grade := range c.judgments[q.ID] {
			right = right || grade > 0 && (c.pool == nil || c.pool[id])
		}
		if right {
			queries = append(queries, q)
		} else {
			others++
		}
	}
	return queries, others
}

func (c *collection) index() *evaluation.Index {
	out := make([]evaluation.Document, len(c.documents))
	for i, d := range c.documents {
		out[i] = evaluation.Document{ID: d.ID, Text: d.Text, Authors: d.Authors}
	}
	return evaluation.NewIndex(out, c.language())
}

// language is what the baselines stem in: that of most queries.
func (c *collection) language() corpus.Lang {
	votes := 0
	for _, q := range c.queries {
		if corpus.Language(q.Text) == corpus.EN {
			votes++
		}
	}
	if 2*votes > len(c.queries) {
		return corpus.EN
	}
	return corpus.NL
}

// check tells what makes a collection useless: ids that are there twice, or nothing in it.
func (c *collection) check() error {
	f := &faults{}
	for _, e := range c.experts {
		f.unique("expert", e.ID)
	}
	for _, d := range c.documents {
		f.unique("document", d.ID)
	}
	for _, q := range c.queries {
		f.unique("query", q.ID)
	}
	if len(c.experts) == 0 || len(c.documents) == 0 || len(c.queries) == 0 {
		f.add("the collection has %d experts, %d documents and %d queries; it needs some of each", len(c.experts), len(c.documents), len(c.queries))
	}
	return errors.Join(f.errs()...)
}

// loose tells what is said of experts, documents and queries that are not there, which
// counts for nothing. Citations of documents elsewhere are common, and not told.
func (c *collection) loose() []error {
	f := &faults{}
	experts, documents, queries := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, e := range c.experts {
		experts[e.ID] = true
	}
	for _, d := range c.documents {
		documents[d.ID] = true
		for _, a := range d.Authors {
			if !experts[a] {
				f.add("document %q has the author %q, who is not in experts.jsonl", d.ID, a)
			}
		}
	}
	for _, q := range c.queries {
		queries[q.ID] = true
		for _, id := range q.Exclude {
			if !documents[id] {
				f.add("query %q excludes document %q, which is not in documents.jsonl", q.ID, id)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.judgments)) {
		if !queries[id] {
			f.add("qrels.tsv judges query %q, which is not in queries.jsonl", id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.pool)) {
		if !experts[id] {
			f.add("pool.txt has expert %q, who is not in experts.jsonl", id)
		}
	}
	return f.errs()
}
