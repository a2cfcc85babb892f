package importer

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// rorOrganisation is what is taken of an organisation in ROR's dump, schema 2
// (https://ror.readme.io/docs/ror-data-structure).
type rorOrganisation struct {
	ID     string   `json:"id"`
	Status string   `json:"status"`
	Types  []string `json:"types"`
	Names  []struct {
		Value string   `json:"value"`
		Types []string `json:"types"`
		Lang  string   `json:"lang"`
	} `json:"names"`
	Links []struct {
		Type  string `json:"type"`
		Value string `json:"value"`
	} `json:"links"`
	Locations []struct {
		Details struct {
			Name    string   `json:"name"`
			Country string   `json:"country_code"`
			Lat     *float64 `json:"lat"`
			Lng     *float64 `json:"lng"`
		} `json:"geonames_details"`
	} `json:"locations"`
}

// readROR reads a dump, one organisation after the other.
func readROR(in *input) error {
	counting := &lineCounter{in: in.text}
	dec := json.NewDecoder(counting)
	if token, err := dec.Token(); err != nil || token != json.Delim('[') {
		in.fail(1, "", "ROR's dump is a list of organisations, and this does not begin as one")
		return nil
	}
	for dec.More() {
		if err := in.ctx.Err(); err != nil {
			return err
		}
		var o rorOrganisation
		if err := dec.Decode(&o); err != nil {
			line := counting.line(dec.InputOffset())
			var kind *json.UnmarshalTypeError
			if errors.As(err, &kind) {
				in.fail(line, kind.Field, "it holds a %s, as ROR's schema 2 does not; use the file whose name ends in _schema_v2.json", kind.Value)
				continue
			}
			in.fail(line, "", "the JSON is broken: %v; the rest of the file was not read", err)
			return nil
		}
		if err := in.organisation(o, counting.line(dec.InputOffset())); err != nil {
			return err
		}
	}
	if _, err := dec.Token(); err != nil {
		in.fail(counting.line(dec.InputOffset()), "", "the list of organisations does not end")
	}
	return nil
}

// organisation takes one organisation over, if it is one of ours.
func (in *input) organisation(o rorOrganisation, line int) error {
	countries := in.Countries
	if len(countries) == 0 {
		countries = []string{"NL"}
	}
	if o.ID == "" {
		in.fail(line, "id", "the organisation has no id")
		return nil
	}
	if len(o.Locations) == 0 || !slices.Contains(countries, o.Locations[0].Details.Country) ||
		!slices.Contains(o.Types, "education") || o.Status != "" && o.Status != "active" {
		in.result.Nodes.Skipped++
		return nil
	}
	place := o.Locations[0].Details
	props := map[string]any{"ror": o.ID, "city": orNothing(place.Name)}
	fresh := map[string]any{"source": o.ID}
	if place.Lat != nil && place.Lng != nil {
		props["lat"], props["lon"] = *place.Lat, *place.Lng
	}
	for _, l := range o.Links {
		if l.Type == "website" {
			props["website"] = l.Value
		}
	}
	var all []string
	for _, n := range o.Names {
		all = append(all, n.Value)
		switch {
		case slices.Contains(n.Types, "acronym"):
			fresh["abbreviation"] = n.Value
		case n.Lang == "nl" && slices.Contains(n.Types, "label"):
			fresh["name"] = n.Value
		case n.Lang == "en" && slices.Contains(n.Types, "label"):
			fresh["nameEn"] = n.Value
		}
		if slices.Contains(n.Types, "ror_display") && fresh["name"] == nil {
			fresh["name"] = n.Value
		}
	}
	kind := institutionKind(all)
	if kind == "" {
		in.note("organisations in ROR left out: their names do not tell whether they are a university or a hogeschool")
		in.result.Nodes.Skipped++
		return nil
	}
	fresh["kind"] = kind
	for name, value := range props {
		if value == nil {
			delete(props, name)
		}
	}
	id := "ror-" + o.ID[strings.LastIndexByte(o.ID, '/')+1:]
	if name, _ := fresh["name"].(string); text.Slug(name) != "" {
		id = text.Slug(name)
	}
	return in.accept(record{Change: graph.Change{Op: graph.UpsertNode, Label: "Institution", ID: id, Props: props}, line: line, byKey: true, fresh: fresh})
}

// institutionKind tells a hogeschool from a university by its names, "" where they do not say.
func institutionKind(names []string) string {
	all := text.Fold(strings.Join(names, " | "))
	switch {
	case strings.Contains(all, "hogeschool"), strings.Contains(all, "applied science"), strings.Contains(all, "hogere school"):
		return "HOGESCHOOL"
	case strings.Contains(all, "universit"):
		return "UNIVERSITY"
	}
	return ""
}

// orNothing returns nil for an empty text.
func orNothing(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// lineCounter tells on which line a place in a stream is. It remembers where the lines
// of what was read ahead begin.
type lineCounter struct {
	in     io.Reader
	offset int64
	lines  int
	starts []int64
}

// Read implements io.Reader.
func (c *lineCounter) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	for at, b := range p[:n] {
		if b == '\n' {
			c.starts = append(c.starts, c.offset+int64(at)+1)
		}
	}
	c.offset += int64(n)
	return n, err
}

// line returns the line of a place, which must not lie before one asked for earlier.
func (c *lineCounter) line(offset int64) int {
	n, _ := slices.BinarySearch(c.starts, offset+1)
	c.lines += n
	c.starts = c.starts[n:]
	return c.lines + 1
}
