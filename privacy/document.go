package privacy

import (
	"encoding/json"
	"io"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// document fixes the form of what is told about a person.
type document struct {
	ID         string         `json:"id"`
	Type       string         `json:"type"`
	Name       string         `json:"name"`
	Deleted    bool           `json:"deleted"`
	MergedIDs  []string       `json:"mergedIds"`
	Properties map[string]any `json:"properties"`
	Relations  []relation     `json:"relations"`
	Log        []entry        `json:"log"`
	Wrote      []entry        `json:"wrote"`
}

type relation struct {
	Type       string         `json:"type"`
	Direction  string         `json:"direction"`
	Properties map[string]any `json:"properties"`
	Other      end            `json:"other"`
}

type end struct {
	ID   string `json:"id"`
	Type string `json:"type"`
	Name string `json:"name"`
}

type entry struct {
	Seq    int64          `json:"seq"`
	At     string         `json:"at"`
	Actor  string         `json:"actor"`
	Op     graph.ChangeOp `json:"op"`
	Type   string         `json:"type"`
	ID     string         `json:"id,omitempty"`
	From   string         `json:"from,omitempty"`
	To     string         `json:"to,omitempty"`
	Before map[string]any `json:"before,omitempty"`
	After  map[string]any `json:"after,omitempty"`
}

// Write writes the record as one JSON document, which is the same for the same record.
func (r *Record) Write(w io.Writer) error {
	d := document{
		ID: r.ID, Type: r.Type, Name: r.Name, Deleted: r.Props == nil, MergedIDs: append([]string{}, r.Merged...), Properties: r.Props,
		Relations: make([]relation, len(r.Relations)), Log: make([]entry, len(r.Log)), Wrote: make([]entry, len(r.Wrote)),
	}
	for i, rel := range r.Relations {
		d.Relations[i] = relation{Type: rel.Type, Direction: "IN", Properties: rel.Props, Other: end{rel.ID, rel.Label, rel.Name}}
		if rel.Out {
			d.Relations[i].Direction = "OUT"
		}
	}
	for i, e := range r.Log {
		d.Log[i] = logged(e)
	}
	for i, e := range r.Wrote {
		d.Wrote[i] = logged(e)
		d.Wrote[i].Before, d.Wrote[i].After = nil, nil // what it says about others is theirs
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(d)
}

func logged(e graph.LogEntry) entry {
	typ := e.Type
	if typ == "" {
		typ = e.Label
	}
	return entry{
		Seq: e.Seq, At: e.At.UTC().Format(time.RFC3339Nano), Actor: e.Actor, Op: e.Op, Type: typ,
		ID: e.ID, From: e.From, To: e.To, Before: e.Before, After: e.After,
	}
}
