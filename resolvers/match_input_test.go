package resolvers_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// What a person may type by mistake or in earnest is answered, or refused with what would
// be right.
func TestMatchOfOddQuestions(t *testing.T) {
	s := newService(t)
	declare := map[bool]string{true: "query($text: String) "}
	for name, c := range map[string]struct{ args, code, message string }{
		"nothing":           {`text: ""`, "BAD_USER_INPUT", "there is no question"},
		"white space":       {`text: " \n\t "`, "BAD_USER_INPUT", "there is no question"},
		"one letter":        {`text: "x"`, "BAD_USER_INPUT", "at least one word of two letters"},
		"an emoji":          {`text: "🔒🙂"`, "BAD_USER_INPUT", "at least one word"},
		"stop words":        {`text: "hoe kan het dat de"`, "BAD_USER_INPUT", "words without meaning"},
		"100 kB":            {`text: $text`, "BAD_USER_INPUT", "20000 is the most"},
		"an unknown theme":  {`text: "cyber", themes: ["nergens"]`, "NOT_FOUND", "there is no theme"},
		"an unknown region": {`text: "cyber", regions: ["nergens"]`, "NOT_FOUND", "there is no region"},
		"no supply":         {`text: "cyber", supply: []`, "BAD_USER_INPUT", "supply is empty"},
		"in English":        {`text: "How do we protect personal data against ransomware?"`, "", ""},
		"emoji and words":   {`text: "🔒 ransomware 🙂"`, "", ""},
		"themes only":       {`themes: ["privacy"]`, "", ""},
		"without themes":    {`vraagstuk: "demo-v-wachtkamer-muziek"`, "", ""},
		"themes taken away": {`text: "ransomware bij gemeenten", themes: []`, "", ""},
	} {
		a, _ := s.ask(t, declare[strings.Contains(c.args, "$text")]+`{ match(`+c.args+`) { totalCount understood { notes words } nodes { score } } }`, map[string]any{"text": strings.Repeat("woord ", 17_000)})
		switch {
		case c.code == "" && (len(a.Errors) > 0 || len(dig(t, a.Data, "match", "nodes").([]any)) == 0):
			t.Errorf("%s: %+v, want matches", name, a.Errors)
		case c.code != "" && (len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != c.code || !strings.Contains(a.Errors[0].Message, c.message)):
			t.Errorf("%s: %+v, want %s: %s", name, a.Errors, c.code, c.message)
		}
	}
}

// A score follows from the evidence that the API shows, and is the same from both sides.
func TestScoresRecomputeThroughTheAPI(t *testing.T) {
	s := newService(t)
	const fields = `{ nodes { score vraagstuk { id } candidate { ... on Person { id } }
		factors { value weight contribution evidence { value relation source node { id } } } } }`
	data := s.data(t, `{ match(vraagstuk: "demo-v-gijzeling-uitkeringen", first: 20) `+fields+` }`)
	scores := map[string]float64{}
	for _, n := range dig(t, data, "match", "nodes").([]any) {
		sum := 0.0
		for _, f := range dig(t, n, "factors").([]any) {
			value := 0.0
			for _, e := range dig(t, f, "evidence").([]any) {
				value += dig(t, e, "value").(float64)
			}
			sum += value * dig(t, f, "weight").(float64)
		}
		score := dig(t, n, "score").(float64)
		if math.Abs(sum-score) > 1e-9 {
			t.Errorf("the score is %g, the evidence makes %g", score, sum)
		}
		scores[dig(t, n, "candidate", "id").(string)] = score
	}
	checked := 0
	for id, score := range scores {
		data := s.data(t, fmt.Sprintf(`{ fits(candidate: %q, first: 200) %s }`, id, fields))
		for _, n := range dig(t, data, "fits", "nodes").([]any) {
			if dig(t, n, "vraagstuk", "id") == "demo-v-gijzeling-uitkeringen" {
				checked++
				if other := dig(t, n, "score").(float64); math.Abs(other-score) > 1e-9 {
					t.Errorf("%s: %g from the question, %g from the candidate", id, score, other)
				}
			}
		}
		if checked == 3 {
			break
		}
	}
	if checked < 3 {
		t.Errorf("only %d pairs were seen from both sides", checked)
	}
}
