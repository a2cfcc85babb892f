package validate

import (
	"encoding/json"
	"math"
	"strings"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Convert brings a value, as JSON or GraphQL gives it, to the form in which it is stored:
// numbers of the property's kind, lists of text, moments in UTC with milliseconds, and
// identifiers in their one way of writing (a DOI in lower case and without its resolver,
// an ORCID without, a ROR id with its address). What cannot be converted comes back as it
// is, for [Value] to judge.
func Convert(p *graph.Property, value any) any {
	switch v := value.(type) {
	case json.Number:
		return number(p, v)
	case int:
		return Convert(p, int64(v))
	case int64:
		if p.Kind == graph.Float {
			return float64(v)
		}
	case float64:
		if p.Kind == graph.Int && v == math.Trunc(v) && math.Abs(v) < 1<<53 {
			return int64(v)
		}
	case string:
		if p.List {
			return []string{identifier(p, v)} // GraphQL takes one for a list of one
		}
		return identifier(p, v)
	case []string:
		return each(p, v)
	case []any:
		items := make([]string, 0, len(v))
		for _, item := range v {
			s, ok := item.(string)
			if !ok {
				return value
			}
			items = append(items, s)
		}
		return each(p, items)
	}
	return value
}

func each(p *graph.Property, items []string) any {
	out := make([]string, len(items))
	for i, item := range items {
		out[i] = identifier(p, item)
	}
	return out
}

func number(p *graph.Property, n json.Number) any {
	if i, err := n.Int64(); err == nil {
		return Convert(p, i)
	}
	if f, err := n.Float64(); err == nil {
		return Convert(p, f)
	}
	return n
}

// identifier gives a text the one way of writing that its scalar has.
func identifier(p *graph.Property, s string) string {
	bare := func(prefixes ...string) string {
		for _, prefix := range prefixes {
			if len(s) > len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
				return s[len(prefix):]
			}
		}
		return s
	}
	switch {
	case p.Kind == graph.DateTime:
		if t, err := time.Parse(time.RFC3339, s); err == nil {
			return t.UTC().Format(momentLayout)
		}
	case p.Scalar == "DOI":
		return strings.ToLower(bare("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"))
	case p.Scalar == "ORCID":
		return strings.ToUpper(bare("https://orcid.org/", "http://orcid.org/"))
	case p.Scalar == "ROR":
		const address = "https://ror.org/"
		if id := bare(address, "http://ror.org/", "ror.org/"); !strings.Contains(id, "/") {
			return address + strings.ToLower(id)
		}
	}
	return s
}
