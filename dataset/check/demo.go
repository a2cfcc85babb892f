package check

import (
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// claims are the relations that say something of a person or a lectoraat.
var claims = []string{"LEADS", "RESEARCHES_IN", "EXPERT_IN", "WORKS_ON", "AUTHORED_BY", "CANDIDATE", "PUBLISHED_AT",
	"CONTRIBUTES_TO", "MEMBER_OF", "SIGNED_BY", "AFFILIATED_WITH"}

// attached finds invented content that says something of a real person or a real
// lectoraat. An invented person may work at a real organisation, know a real theme
// and sit in a real body; those are no people.
func (c *checker) attached(what string, e graph.Change) {
	if c.demo[e.From] == c.demo[e.To] || !slices.Contains(claims, e.Type) {
		return
	}
	for _, end := range []string{e.From, e.To} {
		if label := c.labels[end]; !c.demo[end] && (label == "Person" || label == "Lectoraat") {
			c.errorf("%s: invented content is attached to %s, a real %s", what, end, label)
		}
	}
}
