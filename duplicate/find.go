package duplicate

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
	"github.com/i-partnerschap/kennisgraaf/write"
)

// Reason is why two nodes may be the same.
type Reason string

// The reasons. A node's names are its title, its title in English and, for an
// organisation, its abbreviation; letters, case, accents, titles and order do not count.
const (
	// SameName is for two nodes with the same name.
	SameName Reason = "SAME_NAME"
	// SimilarName is for two nodes that share an organisation or place, and whose names
	// differ by a few letters, or by initials instead of a given name.
	SimilarName Reason = "SIMILAR_NAME"
)

// Pair is two nodes that may be the same.
type Pair struct {
	// A and B are the ids, A the one that was made first.
	A, B   string
	Reason Reason
	// Score is how alike the names are, from 0 to 1: one minus the edit distance over the
	// length of the longer. Initials that fit count as .9.
	Score float64
}

// places are the relations that tell where a node belongs, by type of node.
var places = map[string][]string{
	"Person":      {"AFFILIATED_WITH", "LEADS", "RESEARCHES_IN"},
	"Institution": {"SEATED_IN"},
}

const (
	// alike is the least score of names that may be the same one.
	alike = .85
	// initials is the score of names of which one has initials for a given name.
	initials = .9
	// crowd is how many nodes of a place are compared with each other; in a larger place
	// only those whose last names begin alike.
	crowd = 50
)

// candidate is a node with what it is compared by.
type candidate struct {
	id, made string
	names    [][]string // folded words, as written
	places   []string
}

// Find returns the pairs of nodes of a type that may be the same, the likeliest first.
// The type must be one that can be merged.
func Find(ctx context.Context, model *graph.Model, store graph.Store, label string) ([]Pair, error) {
	t := model.Types[label]
	if t == nil || t.Property(write.MergedFrom) == nil {
		return nil, graph.Errorf(graph.BadUserInput, "duplicates are looked for among types that can be merged, which a %s cannot", label)
	}
	all, err := read(ctx, t, store)
	if err != nil {
		return nil, err
	}
	found := map[[2]string]Pair{}
	add := func(a, b *candidate, reason Reason, score float64) {
		if a.made > b.made || a.made == b.made && a.id > b.id {
			a, b = b, a
		}
		key := [2]string{a.id, b.id}
		if known, ok := found[key]; !ok || known.Score < score {
			found[key] = Pair{A: a.id, B: b.id, Reason: reason, Score: score}
		}
	}
	sameNames(all, add)
	similarNames(all, add)
	pairs := slices.Collect(maps.Values(found))
	slices.SortFunc(pairs, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return pairs, nil
}

func read(ctx context.Context, t *graph.Type, store graph.Store) ([]*candidate, error) {
	names := []string{t.Title}
	for _, name := range []string{t.TitleEN, "abbreviation"} {
		if name != "" && t.Property(name) != nil {
			names = append(names, name)
		}
	}
	sel := &graph.Selection{Labels: []string{t.Name}, Props: append(slices.Clone(names), "createdAt"), Page: graph.Page{Limit: graph.All}}
	for _, r := range t.Relations {
		if slices.Contains(places[t.Name], r.Hop.Type) {
			sel.Links = append(sel.Links, graph.Link{Key: r.Name, Hop: r.Hop, Selection: &graph.Selection{Labels: r.Hop.Labels, Page: graph.Page{Limit: graph.All}}})
		}
	}
	res, err := store.Read(ctx, graph.Query{Root: sel})
	if err != nil {
		return nil, err
	}
	all := make([]*candidate, 0, len(res.Rows))
	for _, row := range res.Rows {
		c := &candidate{id: row.Node.ID}
		c.made, _ = row.Node.Props["createdAt"].(string)
		for _, name := range names {
			if s, _ := row.Node.Props[name].(string); s != "" {
				if w := words(s); len(w) > 0 {
					c.names = append(c.names, w)
				}
			}
		}
		for _, far := range row.Node.Links {
			for _, r := range far.Rows {
				c.places = append(c.places, r.Node.ID)
			}
		}
		all = append(all, c)
	}
	return all, nil
}

// titles are the words before and after a name that are no part of it.
var titles = map[string]bool{
	"dr": true, "prof": true, "ir": true, "drs": true, "mr": true, "ing": true, "msc": true, "bsc": true, "ma": true, "phd": true,
}

// words splits a name into folded words, without titles.
func words(name string) []string {
	split := strings.FieldsFunc(text.Fold(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r < 0x80 })
	return slices.DeleteFunc(split, func(w string) bool { return titles[w] })
}

// sameNames finds nodes of which a name has the same words.
func sameNames(all []*candidate, add func(a, b *candidate, reason Reason, score float64)) {
	by := map[string][]*candidate{}
	for _, c := range all {
		var keys []string
		for _, w := range c.names {
			sorted := slices.Sorted(slices.Values(w))
			if key := strings.Join(sorted, " "); !slices.Contains(keys, key) {
				keys = append(keys, key)
				by[key] = append(by[key], c)
			}
		}
	}
	for _, same := range by {
		for i, a := range same {
			for _, b := range same[i+1:] {
				add(a, b, SameName, 1)
			}
		}
	}
}

// similarNames compares the nodes of each place with each other.
func similarNames(all []*candidate, add func(a, b *candidate, reason Reason, score float64)) {
	by := map[string][]*candidate{}
	for _, c := range all {
		for _, place := range c.places {
			by[place] = append(by[place], c)
		}
	}
	compare := func(group []*candidate) {
		for i, a := range group {
			for _, b := range group[i+1:] {
				if score := similarity(a, b); a != b && score >= alike {
					add(a, b, SimilarName, score)
				}
			}
		}
	}
	for _, group := range by {
		if len(group) <= crowd {
			compare(group)
			continue
		}
		parts := map[string][]*candidate{}
		for _, c := range group {
			if len(c.names) > 0 {
				last := c.names[0][len(c.names[0])-1]
				key := last[:min(len(last), 3)]
				parts[key] = append(parts[key], c)
			}
		}
		for _, part := range parts {
			compare(part)
		}
	}
}

// similarity is the score of the two names, of all that the nodes have, that are most alike.
func similarity(a, b *candidate) float64 {
	best := 0.0
	for _, x := range a.names {
		for _, y := range b.names {
			best = max(best, alikeness(x, y))
		}
	}
	return best
}

func alikeness(a, b []string) float64 {
	if byInitials(a, b) || byInitials(b, a) {
		return initials
	}
	if len(a[0]) == 1 && len(b[0]) == 1 && a[0] != b[0] {
		return 0 // other initials are other people
	}
	x, y := strings.Join(a, " "), strings.Join(b, " ")
	longest := max(len([]rune(x)), len([]rune(y)))
	const short = 6 // of a short name a letter is too much
	if longest < short {
		return 0
	}
	if x, y := without(a, b), without(b, a); len(x) > 0 && len(y) > 0 && ratio(strings.Join(x, " "), strings.Join(y, " ")) < alikeRest {
		return 0 // that both are a hogeschool says nothing
	}
	return ratio(x, y)
}

// alikeRest is how alike the words must be that two names do not share.
const alikeRest = .7

// without returns the words of a that b does not have.
func without(a, b []string) []string {
	var rest []string
	for _, w := range a {
		if !slices.Contains(b, w) {
			rest = append(rest, w)
		}
	}
	return rest
}

// ratio is one minus the edit distance over the length of the longer.
func ratio(a, b string) float64 {
	longest := max(len([]rune(a)), len([]rune(b)))
	return 1 - float64(levenshtein.ComputeDistance(a, b))/float64(longest)
}

// byInitials tells whether a has initials where b has given names, with the same last name.
func byInitials(a, b []string) bool {
	if len(a) < 2 || len(b) < 2 || a[len(a)-1] != b[len(b)-1] || len(a[0]) != 1 || len(b[0]) == 1 {
		return false
	}
	return a[0] == b[0][:1]
}
