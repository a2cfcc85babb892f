package storetest

import "github.com/i-partnerschap/kennisgraaf/graph"

// question is one thing that Property asks: exactly one of its parts is set.
type question struct {
	read, relevance *graph.Query
	paths           *graph.PathQuery
	around          *graph.NeighbourhoodQuery
}

// question draws the question with a number: of ten, seven read, and one each asks for
// paths, for a neighbourhood and for an order by relevance.
func (c *comparison) question(number int) question {
	seed := c.seed*1000 + number
	switch number % 10 {
	case 7:
		q := PathQueries(c.graph).Example(seed)
		return question{paths: &q}
	case 8:
		q := NeighbourhoodQueries(c.graph).Example(seed)
		return question{around: &q}
	case 9:
		q := relevanceQueries(c.graph).Example(seed)
		return question{relevance: &q}
	}
	q := Queries(c.graph, c.naive).Example(seed)
	return question{read: &q}
}

// ask asks a question of every store. It returns the first problem, "" where there is none.
func (c *comparison) ask(q question) string {
	switch {
	case q.paths != nil:
		return c.paths(*q.paths)
	case q.around != nil:
		return c.neighbourhood(*q.around)
	case q.relevance != nil:
		return c.relevance(*q.relevance)
	}
	return c.read(*q.read)
}

// again asks what was asked of another graph with values that fit this one.
func (c *comparison) again(asked question, number int) question {
	return revalued(c, asked).Example(c.seed*1000 + number)
}
