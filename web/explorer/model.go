package explorer

import "github.com/i-partnerschap/kennisgraaf/graph"

// knowledge is what the page knows of the model, so that it has no list of types or words of its own.
type knowledge struct {
	Types []typeWords `json:"types"`
	// Candidates are the types that can fit a vraagstuk.
	Candidates []string          `json:"candidates"`
	Operations map[string]string `json:"operations"`
}

// words are a name in both languages.
type words struct {
	NL string `json:"nl"`
	EN string `json:"en"`
}

// typeWords is a node type. Quoted says that its nodes have titles, which stand between quotation marks in a sentence.
type typeWords struct {
	Name      string          `json:"name"`
	Words     words           `json:"words"`
	Quoted    bool            `json:"quoted,omitempty"`
	Fields    []fieldWords    `json:"fields"`
	Relations []relationWords `json:"relations"`
}

// fieldWords is a property of a node or a relation. Scalar is the GraphQL type; Enum says that its values have names.
type fieldWords struct {
	Name   string `json:"name"`
	Words  words  `json:"words"`
	Scalar string `json:"scalar"`
	Enum   bool   `json:"enum,omitempty"`
}

// relationWords is a relation of a node type. Verb leads from this node to the others, whose types are Targets.
type relationWords struct {
	Name       string       `json:"name"`
	Words      words        `json:"words"`
	Verb       words        `json:"verb"`
	Type       string       `json:"type"`
	Direction  string       `json:"direction"`
	Targets    []string     `json:"targets"`
	Many       bool         `json:"many,omitempty"`
	Properties []fieldWords `json:"properties,omitempty"`
}

func typesOf(m *graph.Model) []typeWords {
	var types []typeWords
	for _, name := range m.Names() {
		t := m.Types[name]
		one := typeWords{Name: name, Words: words{t.NL, t.EN}, Quoted: t.Title == "title", Fields: fieldsOf(shown(t))}
		for _, r := range t.Relations {
			one.Relations = append(one.Relations, relationWords{
				Name: r.Name, Words: words{r.LabelNL, r.LabelEN}, Verb: words{r.NL, r.EN}, Type: r.Hop.Type, Direction: r.Hop.Direction.String(),
				Targets: m.Labels(r.Target), Many: r.Many, Properties: fieldsOf(r.Properties),
			})
		}
		types = append(types, one)
	}
	return types
}

// shown are the properties that the page shows: personal data is not asked for, and the name stands above the rest.
func shown(t *graph.Type) []*graph.Property {
	var shown []*graph.Property
	for _, p := range t.Properties {
		if !p.Personal && p.Name != t.Title && p.Name != "id" {
			shown = append(shown, p)
		}
	}
	return shown
}

func fieldsOf(properties []*graph.Property) []fieldWords {
	var fields []fieldWords
	for _, p := range properties {
		if !p.Personal {
			fields = append(fields, fieldWords{p.Name, words{p.LabelNL, p.LabelEN}, p.Scalar, p.Kind == graph.Enum})
		}
	}
	return fields
}
