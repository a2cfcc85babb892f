package importer

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/graph"
)

func TestCSV(t *testing.T) {
	store, model := open(t)
	people := write(t, "personen.csv", "\ufeffNaam;Rollen;E-mailadres;bron;affiliations;id\r\n"+
		"\"Jansen; J.\";lector|docent;j@example.nl;'=x;saxion|ut;jansen\r\n"+
		"P. Voorbeeld;;;;;p1\r\n")
	publications := write(t, "publications.csv", "title,doi,publishedOn\nOver iets,https://doi.org/10.1000/ABC,3-4-2021\n")
	relations := write(t, "relaties.csv", "van,type,naar,level,since\njansen,EXPERT_IN,wide,expert,\njansen,LEADS,l1,,01-02-2021\n")
	// The level is an enum of the relation: what a Dutch sheet writes in lower case is it too.
	did := imported(t, store, model, Options{}, people, publications, relations)
	if did.Nodes != (Counts{Created: 2, Unchanged: 1}) || did.Relations != (Counts{Created: 4}) {
		t.Errorf("got %+v %+v", did.Nodes, did.Relations)
	}
	got := props(t, store, model, "Person", "jansen")
	if got["name"] != "Jansen; J." || got["email"] != "j@example.nl" || got["source"] != "=x" || !reflect.DeepEqual(got["roles"], []string{"LECTOR", "DOCENT"}) {
		t.Errorf("got %v", got)
	}
	if got := props(t, store, model, "Publication", "doi-10-1000-abc"); got["doi"] != "10.1000/abc" || got["publishedOn"] != "2021-04-03" || got["source"] != "import: publications.csv" {
		t.Errorf("got %v", got)
	}
	if got := props(t, store, model, "Person", "p1"); got["source"] != "test" || !reflect.DeepEqual(got["roles"], []string{"LECTOR"}) {
		t.Errorf("an empty cell changed something: %v", got)
	}
}

// A sheet as a Dutch spreadsheet saves it: semicolons, decimal commas, and headers and a
// file's name with the apostrophe of the plural. What is wrong names the sheet's own columns.
func TestCSVOfADutchSpreadsheet(t *testing.T) {
	store, model := open(t)
	sheet := write(t, "fieldlabs.csv", "id;naam;status;breedtegraad;lengtegraad;Thema's;regio\r\nf;Lab;ACTIEF;52,5;6;wide|narrow;nl-ov\r\n")
	themes := write(t, "thema’s.csv", "id;voorkeurslabel\r\nnieuw;Nieuw\r\n")
	regions := write(t, "regio's.csv", "id;naam;soort\r\nnl-ov;Overijssel;PROVINCE\r\n")
	imported(t, store, model, Options{}, sheet, themes, regions)
	if got := props(t, store, model, "Fieldlab", "f"); got["lat"] != 52.5 || got["lon"] != 6.0 {
		t.Errorf("got %v", got)
	}
	if got := props(t, store, model, "Theme", "nieuw"); got["prefLabelNl"] != "Nieuw" {
		t.Errorf("got %v", got)
	}
	for file, want := range map[string][]string{
		"projecten.csv:titel;vorm;status;begindatum;einddatum;thema’s\nA;STAGE;LOPEND;31-12-2025;31 maart 2026;nergens\nB;STAGE;BEZIG;2026-02-01;1-1-2026;saxion\nC;STAGE": {
			`:2: einddatum: "31 maart 2026" is no day that exists`, `:2: thema’s: ABOUT names "nergens"`, ":3: status: ", ":3: einddatum: 2026-01-01 lies before", ":3: thema’s: no relation ABOUT", `:4: the row has 2 cells and the header 6; separate them by ";"`,
		},
		"relaties.csv:van;type;naar;sinds\np1;EXPERT_IN;nergens;\np1;LEADS;l1;gisteren\n": {`:2: naar: EXPERT_IN names "nergens"`, `:3: sinds: "gisteren"`},
		"fieldlabs.csv:naam;status;breedtegraad\nLab;ACTIEF;1.234,5\nLab2;ACTIEF;5,2,1\n": {`:2: breedtegraad: "1.234,5" is no number`, `:3: breedtegraad: "5,2,1" is no number`},
		"fieldlab.csv:naam,status,breedtegraad\nLab,ACTIEF,\"52,5\"\n":                    {`:2: breedtegraad: "52,5" is no number`},
	} {
		name, content, _ := strings.Cut(file, ":")
		did, err := Run(t.Context(), store, model, []string{write(t, name, content)}, Options{})
		if graph.CodeOf(err) != graph.BadUserInput {
			t.Fatalf("%s: %v", name, err)
		}
		if len(did.Faults) != len(want) {
			t.Errorf("%s: %d faults, want %d: %v", name, len(did.Faults), len(want), did.Faults)
		}
		for _, says := range want {
			if !slices.ContainsFunc(did.Faults, func(f *dataset.Fault) bool { return strings.Contains(f.Error(), says) }) {
				t.Errorf("%s: nothing says %q: %v", name, says, did.Faults)
			}
		}
	}
}

func TestCSVFindsByKey(t *testing.T) {
	store, model := open(t)
	file := write(t, "institutions.csv", "ror,city,lectoraten\nhttps://ror.org/005t9n460,Enschede,l1\n")
	did := imported(t, store, model, Options{}, file)
	if did.Nodes != (Counts{Updated: 1}) || did.Relations != (Counts{Unchanged: 1}) || props(t, store, model, "Institution", "saxion")["city"] != "Enschede" {
		t.Errorf("got %+v %+v", did.Nodes, did.Relations)
	}
}

func TestCSVMapping(t *testing.T) {
	store, model := open(t)
	file := write(t, "export.csv", "Kenmerk,Persoon,Kleur\nx1,Iemand,rood\n")
	imported(t, store, model, Options{Type: "person", Columns: map[string]string{"Kenmerk": "id", "Persoon": "name", "Kleur": "-"}}, file)
	if got := props(t, store, model, "Person", "x1"); got["name"] != "Iemand" {
		t.Errorf("got %v", got)
	}
}

const rorDump = `[
 {"id":"https://ror.org/005t9n460","status":"active","types":["education"],"established":1998,
  "names":[{"value":"Saxion University of Applied Sciences","types":["ror_display","label"],"lang":"en"}],
  "links":[{"type":"website","value":"https://www.saxion.nl"}],
  "locations":[{"geonames_id":1,"geonames_details":{"name":"Enschede","country_code":"NL","lat":52.22,"lng":6.89}}]},
 {"id":"https://ror.org/006hf6230","status":"active","types":["education","funder"],
  "names":[{"value":"UT2","types":["acronym"],"lang":null},{"value":"University of Somewhere","types":["ror_display","label"],"lang":"en"},
           {"value":"Universiteit Ergens","types":["label"],"lang":"nl"}],
  "links":[],"locations":[{"geonames_details":{"name":"Ergens","country_code":"NL","lat":52,"lng":6}}]},
 {"id":"https://ror.org/03yrm5c26","status":"active","types":["education"],"names":[{"value":"Université","types":["ror_display"],"lang":"fr"}],
  "links":[],"locations":[{"geonames_details":{"name":"Paris","country_code":"FR","lat":48,"lng":2}}]},
 {"id":"https://ror.org/00x0x0x00","status":"active","types":["company"],"names":[],"links":[],"locations":[]}
]`

func TestROR(t *testing.T) {
	store, model := open(t)
	did := imported(t, store, model, Options{}, write(t, "v1.50-ror-data_schema_v2.json", rorDump))
	if did.Nodes != (Counts{Created: 1, Updated: 1, Skipped: 2}) {
		t.Errorf("got %+v", did.Nodes)
	}
	if got := props(t, store, model, "Institution", "saxion"); got["name"] != "Saxion" || got["city"] != "Enschede" || got["lat"] != 52.22 || got["source"] != "test" {
		t.Errorf("an institution that was there: %v", got)
	}
	got := props(t, store, model, "Institution", "universiteit-ergens")
	if got["kind"] != "UNIVERSITY" || got["name"] != "Universiteit Ergens" || got["nameEn"] != "University of Somewhere" || got["abbreviation"] != "UT2" || got["source"] != "https://ror.org/006hf6230" {
		t.Errorf("a new institution: %v", got)
	}
}

const alexWork = `{"id":"https://openalex.org/W1","doi":"https://doi.org/10.1234/AbC","display_name":"On wide\n things","type":"article","publication_date":"2021-02-03",` +
	`"authorships":[{"author":{"id":"https://openalex.org/A1","orcid":"https://orcid.org/0000-0002-1825-0097"}},{"author":{"orcid":null}},{"author":{"orcid":"https://orcid.org/0000-0001-5109-3700"}}],` +
	`"topics":[{"display_name":"broad things","score":0.9},{"display_name":"Nothing here"}],"keywords":[{"display_name":"Smal"}],"abstract_inverted_index":{"things":[1],"Wide":[0]}}`

const alexAuthor = `{"id":"https://openalex.org/A1","orcid":"https://orcid.org/0000-0002-1825-0097","display_name":"Another Name","topics":[{"display_name":"Wide"}],"last_known_institutions":[{"ror":"https://ror.org/005t9n460"}]}`

func TestOpenAlex(t *testing.T) {
	store, model := open(t)
	did := imported(t, store, model, Options{}, write(t, "part_000", alexWork+"\n"), write(t, "authors.jsonl", alexAuthor+"\n"))
	// The work is by p1 and about both themes; p1 is an expert in one and works at Saxion. Two authors are unknown.
	if did.Nodes != (Counts{Created: 1, Unchanged: 1}) || did.Relations != (Counts{Created: 5, Skipped: 2}) {
		t.Errorf("got %+v %+v", did.Nodes, did.Relations)
	}
	got := props(t, store, model, "Publication", "doi-10-1234-abc")
	if got["title"] != "On wide things" || got["abstract"] != "Wide things" || got["kind"] != "ARTIKEL" || got["doi"] != "10.1234/abc" {
		t.Errorf("got %v", got)
	}
	if props(t, store, model, "Person", "p1")["name"] != "P. Voorbeeld" {
		t.Error("a curated name was changed")
	}
}

// A selection of OpenAlex's fields may have a work's title alone.
func TestOpenAlexTitle(t *testing.T) {
	store, model := open(t)
	imported(t, store, model, Options{}, write(t, "works.jsonl", `{"id":"https://openalex.org/W7","title":"On its own"}`+"\n"))
	if got := props(t, store, model, "Publication", "openalex-w7"); got["title"] != "On its own" {
		t.Errorf("got %v", got)
	}
}

// What is no concept is not passed over in silence: a whole graph in JSON-LD gives its themes only.
func TestSKOSSaysWhatIsLeftOut(t *testing.T) {
	store, model := open(t)
	others := "ex:p a <https://schema.org/Person> ; <https://schema.org/name> \"P\" .\nex:q a <https://schema.org/Person>, <https://schema.org/Thing> .\n" +
		"ex:cyber a <https://schema.org/DefinedTerm> .\nex:all a skos:ConceptScheme .\n"
	did := imported(t, store, model, Options{}, write(t, "all.ttl", turtleThemes+others))
	if did.Nodes != (Counts{Created: 2, Unchanged: 1, Skipped: 2}) || did.Notes["things left out: of this format only SKOS concepts are taken, as themes"] != 2 {
		t.Errorf("got %+v, %v", did.Nodes, did.Notes)
	}
}

const turtleThemes = `@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <http://example.org/themes#> .
ex:cyber a skos:Concept ; skos:prefLabel "Cyber"@nl, "Cyber things"@en ; skos:altLabel "hacken"@nl, "kraken"@nl ; skos:narrower ex:phishing .
ex:phishing a skos:Concept ; skos:prefLabel "Vissen"@nl ; skos:broader ex:cyber ; skos:related <http://example.org/themes#wide> .
ex:wide skos:prefLabel "Breed"@nl .
`

const jsonldThemes = `{"@context":{"skos":"http://www.w3.org/2004/02/skos/core#","ex":"http://example.org/themes#"},"@graph":[
{"@id":"ex:cyber","@type":"skos:Concept","skos:prefLabel":[{"@value":"Cyber","@language":"nl"},{"@value":"Cyber things","@language":"en"}],
 "skos:altLabel":[{"@value":"hacken","@language":"nl"},{"@value":"kraken","@language":"nl"}],"skos:narrower":{"@id":"ex:phishing"}},
{"@id":"ex:phishing","@type":"skos:Concept","skos:prefLabel":{"@value":"Vissen","@language":"nl"},"skos:broader":{"@id":"ex:cyber"},"skos:related":{"@id":"ex:wide"}},
{"@id":"ex:wide","skos:prefLabel":{"@value":"Breed","@language":"nl"}}]}`

func TestSKOS(t *testing.T) {
	for name, content := range map[string]string{"themes.ttl": turtleThemes, "themes.jsonld": jsonldThemes, "themes.json": jsonldThemes, "themes.txt": turtleThemes} {
		store, model := open(t)
		did := imported(t, store, model, Options{}, write(t, name, content))
		if did.Nodes != (Counts{Created: 2, Unchanged: 1}) || did.Relations != (Counts{Created: 2}) {
			t.Errorf("%s: got %+v %+v", name, did.Nodes, did.Relations)
		}
		got := props(t, store, model, "Theme", "cyber")
		if got["prefLabelNl"] != "Cyber" || got["prefLabelEn"] != "Cyber things" || !reflect.DeepEqual(got["altLabelsNl"], []string{"hacken", "kraken"}) || got["source"] != "http://example.org/themes#cyber" {
			t.Errorf("%s: got %v", name, got)
		}
	}
}
