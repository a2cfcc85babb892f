package dataset

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
)

// TestMapping pins the rules by which rows become nodes and relations.
func TestMapping(t *testing.T) {
	changes := load(t, Reference)
	all := nodes(changes)
	for _, c := range []struct {
		id, prop string
		want     any
	}{
		{"dit-lab", "openedOn", "2022-03-01"},
		{"dit-lab", "note", "Precisie van de openingsdatum: maand. Meerjarige afspraak van DUO en de Hanze."},
		{"dit-lab", "ofPartnership", true},
		{"digilab", "city", nil},
		{"fontys-ict-innovationlab", "ofPartnership", nil},
		{"fontys-open-educational-resources", "validUntil", "2022-12-31"},
		{"logius", "website", "https://logius.nl"},
		{"logius", "validFrom", "2010-01-01"},
		{"fontys", "kind", "HOGESCHOOL"},
		{"ip-noord", "kind", "NETWORK"},
		{"nl-gr", "lat", 53.2161},
		{"ransomware", "level", int64(3)},
		{"identiteitsfraude", "altLabelsNl", []string{"identiteitsdiefstal", "digitale identiteitsfraude", "fraude met identiteit"}},
		{"identiteitsfraude", "altLabelsEn", []string{"identity theft"}},
		{"devops", "altLabelsNl", all["devops"].Props["altLabelsEn"]},
		{"rdi-routekaart-ihh", "status", "AFGEROND"},
		{"rdi-routekaart-ihh", "endDate", "2024-03-31"},
		{"rdi-routekaart-ihh", "form", "PRAKTIJKOPDRACHT"},
		{"hu-ddg-ihh", "form", "ONDERZOEKSPROJECT"},
		{"hu-ddg-ihh", "note", "Vorm volgens bron: lectoraat. Status volgens bron."},
		{"doc-direkt-intentie-2022", "signedOn", "2022-09-14"},
		{"doc-direkt-intentie-2022", "otherParties", []string{"ROC Mondriaan", "Erasmus Academie"}},
		{"rws-hz-data-science", "signedOn", nil},
		{"rws-hz-data-science", "validFrom", "2017-11-01"},
		{"rws-hz-data-science", "kind", nil},
		{"rutger-leukfeldt", "roles", []string{"LECTOR"}},
		{"az", "source", "general-knowledge | TOOI ministry code as reproduced in a public GitHub seed file (value list rwc_ministeries_compleet)"},
	} {
		if got := all[c.id].Props[c.prop]; !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s.%s = %#v, want %#v", c.id, c.prop, got, c.want)
		}
	}
	for _, c := range []struct {
		typ, from, to string
		props         map[string]any
	}{
		{"PART_OF", "nvwa", "lnv", map[string]any{"until": "2024-07-01"}},
		{"PART_OF", "nvwa", "lvvn", map[string]any{"since": "2024-07-02"}},
		{"PART_OF", "ubr", "bzk", map[string]any{"until": "2022-12-31"}},
		{"PART_OF", "ind", "jenv", map[string]any{}},
		{"SEATED_IN", "logius", "nl-zh", nil},
		{"SEATED_IN", "bzk", "nl-zh", nil},
		{"BRANCH_IN", "nhl-stenden", "nl-dr", map[string]any{"city": "Emmen, Meppel, Assen"}},
		{"REGION_PART_OF", "nl-gr", "ld01", nil},
		{"BROADER", "ransomware", "malware", nil},
		{"LEADS", "rutger-leukfeldt", "leiden-governing-cybercrime", map[string]any{"since": "2023-01-01"}},
		{"LEADS", "nick-degens", "hanze-user-centered-design", map[string]any{"until": "2023-12-31"}},
		{"AFFILIATED_WITH", "rutger-leukfeldt", "hhs", map[string]any{"position": "lector", "since": "2022-01-01"}},
		{"AFFILIATED_WITH", "rutger-leukfeldt", "universiteit-leiden", map[string]any{"position": "leerstoelhouder", "since": "2023-01-01"}},
		{"PARTNER_IN", "duo", "dit-lab-ebsi-diplomas", map[string]any{"role": "OPDRACHTGEVER"}},
		{"PARTNER_IN", "hanze", "dit-lab-ebsi-diplomas", map[string]any{"role": "UITVOERDER"}},
		{"TAKES_PLACE_IN", "dit-lab-ebsi-diplomas", "nl-gr", nil},
		{"SUCCEEDED_BY", "agentschap-telecom", "rdi", nil},
		{"SIGNED_BY", "i-partnerschap-2020", "maurice-limmen", map[string]any{"capacity": "voorzitter van de Vereniging Hogescholen"}},
	} {
		got, ok := edge(changes, c.typ, c.from, c.to)
		if !ok || !reflect.DeepEqual(got.Props, c.props) {
			t.Errorf("%s from %s to %s = %v %v, want %v", c.typ, c.from, c.to, ok, got.Props, c.props)
		}
	}
}

func TestEveryOrganisationWithACityIsSeatedThere(t *testing.T) {
	changes := load(t, Reference)
	for id, n := range nodes(changes) {
		if n.Props["city"] == nil || n.Label == "Fieldlab" {
			continue
		}
		if !slices.ContainsFunc(changes, func(c graph.Change) bool { return c.Type == "SEATED_IN" && c.From == id }) {
			t.Errorf("%s has a city and no region", id)
		}
	}
}

// TestFactsSourcesAreWrittenOut holds that no node's source is the id of a fact.
func TestFactsSourcesAreWrittenOut(t *testing.T) {
	for id, n := range nodes(load(t, Reference)) {
		for _, part := range strings.Split(n.Props["source"].(string), " | ") {
			if factID.MatchString(part) {
				t.Errorf("%s has source %s", id, part)
			}
		}
	}
}

// TestLessPreciseDatesAreExplained holds that the note on a lector says so where a
// bound of the period is known less precisely than by the day.
func TestLessPreciseDatesAreExplained(t *testing.T) {
	rows, err := readTable(referenceFiles, "reference/lectoren.csv", "id", "lectoraat_id", "name", "since", "until", "note", "source")
	if err != nil {
		t.Fatal(err)
	}
	all := nodes(load(t, Reference))
	for _, r := range rows {
		for _, column := range []string{"since", "until"} {
			if cell := r.get(column); cell == "" || len(cell) == len("2006-01-02") {
				continue
			}
			note, _ := all[text.Slug(r.get("name"))].Props["note"].(string)
			if !strings.Contains(note, "Precisie") {
				t.Errorf("%s: %s %s, and the note is %q", r.where(), column, r.get(column), note)
			}
		}
	}
}
