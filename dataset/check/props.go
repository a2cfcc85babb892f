package check

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// formats are the scalars of text that have a form.
var formats = map[string]*regexp.Regexp{
	"URL":   regexp.MustCompile(`^https?://[^\s/]+(/\S*)?$`),
	"Email": regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`),
	"ORCID": regexp.MustCompile(`^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$`),
	"ROR":   regexp.MustCompile(`^https://ror\.org/0[a-z0-9]{8}$`),
	"DOI":   regexp.MustCompile(`^10\.\d{4,}/\S+$`),
}

func (c *checker) props(what string, declared []*graph.Property, props map[string]any) {
	for name, value := range props {
		i := slices.IndexFunc(declared, func(p *graph.Property) bool { return p.Name == name })
		if i < 0 || name == "id" {
			c.errorf("%s: the SDL declares no property %s there", what, name)
			continue
		}
		if wrong := fault(declared[i], value); wrong != "" {
			c.errorf("%s: %s %v %s", what, name, value, wrong)
		}
	}
	for _, bounds := range [][2]string{{"since", "until"}, {"validFrom", "validUntil"}, {"startDate", "endDate"},
		{"posedOn", "deadline"}, {"openedOn", "closedOn"}, {"availableFrom", "availableUntil"}, {"proposedOn", "decidedOn"}} {
		first, _ := props[bounds[0]].(string)
		last, ok := props[bounds[1]].(string)
		if ok && first > last {
			c.errorf("%s: %s %s comes after %s %s", what, bounds[0], first, bounds[1], last)
		}
	}
}

// fault says what is wrong with a value, "" for nothing.
func fault(p *graph.Property, value any) string {
	if p.List {
		list, ok := value.([]string)
		if !ok {
			return "is not a list of text"
		}
		seen := map[string]bool{}
		for _, v := range list {
			if seen[v] {
				return "names " + v + " twice"
			}
			seen[v] = true
			if wrong := textFault(p, v); wrong != "" {
				return wrong
			}
		}
		return ""
	}
	var ok bool
	switch p.Kind {
	case graph.Int:
		_, ok = value.(int64)
	case graph.Float:
		_, ok = value.(float64)
	case graph.Bool:
		_, ok = value.(bool)
	default:
		var s string
		if s, ok = value.(string); ok {
			return textFault(p, s)
		}
	}
	if !ok {
		return "is not of kind " + string(p.Kind)
	}
	return ""
}

func textFault(p *graph.Property, s string) string {
	switch {
	case strings.TrimSpace(s) != s || s == "":
		return "is empty or has space around it"
	case p.Kind == graph.Enum && !slices.Contains(p.Values, s):
		return "is none of " + strings.Join(p.Values, ", ")
	case p.Kind == graph.Date && !parses(time.DateOnly, s):
		return "is no day as 2006-01-02"
	case p.Kind == graph.DateTime && !parses("2006-01-02T15:04:05.000Z", s):
		return "is no moment as 2006-01-02T15:04:05.000Z"
	case formats[p.Scalar] != nil && !formats[p.Scalar].MatchString(s):
		return "is no " + p.Scalar
	}
	return ""
}

func parses(layout, s string) bool {
	_, err := time.Parse(layout, s)
	return err == nil
}
