package match_test

import (
	"context"
	"slices"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/match"
)

// Themes are found by their labels in either language, also in compounds.
func TestThemesAreRecognisedInFreeText(t *testing.T) {
	m := demo(t)
	for text, want := range map[string]string{
		"persoonsgegevensbescherming":             "privacy",
		"Onze cyberweerbaarheid":                  "digitale-weerbaarheid",
		"How do we use large language models?":    "generatieve-ai",
		"Wat doen we met de algoritmes?":          "algoritmen",
		"toegankelijke websites":                  "toegankelijkheid",
		"Een aanbestedingsprocedure":              "inkoop",
		"ransomware-aanvallen":                    "ransomware",
		"De AVG":                                  "privacy",
		"gijzelsoftwarebestrijding bij gemeenten": "ransomware",
	} {
		a, err := m.Match(context.Background(), match.Request{Text: text, Supply: []match.Supply{match.Lector}, Today: today})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(a.Understood.Themes, func(w match.ThemeWeight) bool { return w.ID == want && len(w.Words) > 0 }) {
			t.Errorf("%q: %+v, want %s", text, a.Understood.Themes, want)
		}
	}
}
