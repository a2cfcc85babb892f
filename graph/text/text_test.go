package text_test

import (
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Fryslân": "fryslan", "ÉÉN": "een", "naïef": "naief", "ABC": "abc", "": "", "Curaçao": "curacao",
	} {
		if got := text.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTermsDropStopWordsAndStem(t *testing.T) {
	got := strings.Join(text.Terms("De beveiliging van de netwerken en het netwerk"), " ")
	if want := "beveil netwerk"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMatchFindsCompounds(t *testing.T) {
	query := text.Terms("beveiliging")[0]
	for word, want := range map[string]bool{
		"netwerkbeveiliging": true, "beveiligen": true, "beveiligingsbeleid": true, "veilig": false,
	} {
		if got := text.Match(query, text.Terms(word)[0]); got != want {
			t.Errorf("%s: got %t", word, got)
		}
	}
	if text.Match("ai", "train") {
		t.Error("a short term was found inside a word")
	}
}

func TestHighlight(t *testing.T) {
	s := strings.Repeat("woord ", 40) + "over netwerkbeveiliging bij gemeenten " + strings.Repeat("einde ", 40)
	parts := text.Highlight(s, text.Terms("beveiliging"), 80)
	var hit, all string
	for _, p := range parts {
		all += p.Text
		if p.Hit {
			hit += p.Text
		}
	}
	if hit != "netwerkbeveiliging" || len(all) > 120 || !strings.HasPrefix(all, "…") || !strings.HasSuffix(all, "…") {
		t.Errorf("hit %q in %q", hit, all)
	}
	if text.Highlight("niets hier", text.Terms("cyber"), 80) != nil {
		t.Error("a highlight without a hit")
	}
}
