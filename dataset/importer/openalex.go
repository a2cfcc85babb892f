package importer

import (
	"cmp"
	"encoding/json"
	"errors"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/dataset"
	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/text"
	"github.com/i-partnerschap/kennisgraaf/graph/validate"
)

// alexEntity is what is taken of a work or an author of OpenAlex
// (https://docs.openalex.org). Their lines hold far more.
type alexEntity struct {
	ID              string           `json:"id"`
	DisplayName     string           `json:"display_name"`
	Title           string           `json:"title"` // a work's, which says the same
	DOI             string           `json:"doi"`
	ORCID           string           `json:"orcid"`
	Type            string           `json:"type"`
	PublicationDate string           `json:"publication_date"`
	Abstract        map[string][]int `json:"abstract_inverted_index"`
	Authorships     []struct {
		Author struct {
			ID    string `json:"id"`
			ORCID string `json:"orcid"`
		} `json:"author"`
	} `json:"authorships"`
	Location *struct {
		Page string `json:"landing_page_url"`
	} `json:"primary_location"`
	Topics       []alexLabel `json:"topics"`
	Keywords     []alexLabel `json:"keywords"`
	Institutions []struct {
		ROR string `json:"ror"`
	} `json:"last_known_institutions"`
}

type alexLabel struct {
	DisplayName string `json:"display_name"`
}

// readOpenAlex reads works and authors, one a line.
func readOpenAlex(in *input) error {
	themes, err := in.themesByLabel()
	if err != nil {
		return err
	}
	for line, err := range dataset.Lines(in.name, in.text) {
		if err := in.ctx.Err(); err != nil {
			return err
		}
		var fault *dataset.Fault
		if errors.As(err, &fault) {
			in.fault(fault)
			continue
		}
		if err != nil {
			in.unreadable(err)
			return nil
		}
		if !validText(line.Text) {
			in.fail(line.Number, "", "%s", notUTF8)
			continue
		}
		var e alexEntity
		if err := json.Unmarshal(line.Text, &e); err != nil {
			in.fail(line.Number, "", "it is no work or author of OpenAlex: %v", err)
			continue
		}
		switch short := base(e.ID); {
		case strings.HasPrefix(short, "W"):
			err = in.work(e, strings.ToLower(short), line.Number, themes)
		case strings.HasPrefix(short, "A"):
			err = in.author(e, line.Number, themes)
		default:
			in.fail(line.Number, "id", "%q is no id of a work (W…) or an author (A…); of OpenAlex only these are read", clip(e.ID))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// alexKinds are the kinds of publications by the types of OpenAlex. The others have none.
var alexKinds = map[string]string{
	"article": "ARTIKEL", "review": "ARTIKEL", "preprint": "ARTIKEL", "letter": "ARTIKEL", "editorial": "ARTIKEL", "report": "RAPPORT",
	"book": "BOEK", "book-chapter": "BOEK", "dissertation": "PROEFSCHRIFT",
}

// work makes a publication of a work.
func (in *input) work(e alexEntity, short string, line int, themes themeIndex) error {
	title := oneLine(cmp.Or(e.DisplayName, e.Title))
	if title == "" {
		in.note("works of OpenAlex left out: they have no title")
		in.result.Nodes.Skipped++
		return nil
	}
	id := "openalex-" + short
	props := map[string]any{"title": title}
	doi := in.model.Types["Publication"].Property("doi")
	if e.DOI != "" {
		value := validate.Convert(doi, e.DOI).(string)
		props["doi"], id = value, "doi-"+text.Slug(value)
	}
	for name, value := range map[string]string{"kind": alexKinds[e.Type], "publishedOn": e.PublicationDate, "abstract": abstract(e.Abstract)} {
		if value != "" {
			props[name] = value
		}
	}
	if e.Location != nil && strings.HasPrefix(e.Location.Page, "http") {
		props["link"] = e.Location.Page
	}
	r := record{Change: graph.Change{Op: graph.UpsertNode, Label: "Publication", ID: id, Props: props}, line: line, byKey: true, fresh: map[string]any{"source": e.ID}}
	if err := in.accept(r); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, a := range e.Authorships {
		person := personID(a.Author.ORCID)
		if person == "" || seen[person] {
			in.result.Relations.Skipped++
			continue
		}
		seen[person] = true
		known, err := in.byKey("Person", "orcid", a.Author.ORCID)
		if err != nil {
			return err
		}
		if known != "" {
			person = known
		}
		if err := in.maybe("AUTHORED_BY", id, person, line); err != nil {
			return err
		}
	}
	return in.aboutThemes("ABOUT", id, e, line, themes)
}

// author makes a person of an author with an ORCID.
func (in *input) author(e alexEntity, line int, themes themeIndex) error {
	id := personID(e.ORCID)
	if id == "" {
		in.note("authors of OpenAlex left out: they have no ORCID, so nobody can tell who they are")
		in.result.Nodes.Skipped++
		return nil
	}
	r := record{Change: graph.Change{Op: graph.UpsertNode, Label: "Person", ID: id, Props: map[string]any{"orcid": e.ORCID}}, line: line, byKey: true,
		fresh: map[string]any{"name": oneLine(e.DisplayName), "roles": []string{"ONDERZOEKER"}, "source": e.ID}}
	if err := in.accept(r); err != nil {
		return err
	}
	for _, at := range e.Institutions {
		if at.ROR == "" {
			continue
		}
		institution, err := in.byKey("Institution", "ror", at.ROR)
		if err != nil {
			return err
		}
		if institution != "" {
			if err := in.maybe("AFFILIATED_WITH", id, institution, line); err != nil {
				return err
			}
		}
	}
	return in.aboutThemes("EXPERT_IN", id, e, line, themes)
}

// aboutThemes connects a node to the themes whose labels its topics and keywords are.
func (in *input) aboutThemes(typ, id string, e alexEntity, line int, themes themeIndex) error {
	seen := map[string]bool{}
	for _, label := range append(e.Topics, e.Keywords...) {
		theme := themes.find(label.DisplayName)
		if theme == "" || seen[theme] {
			continue
		}
		seen[theme] = true
		if err := in.maybe(typ, id, theme, line); err != nil {
			return err
		}
	}
	return nil
}

// maybe puts a relation on the stage that is left out where an end is unknown.
func (in *input) maybe(typ, from, to string, line int) error {
	r := relationRecord(typ, from, to, line)
	r.optional = true
	return in.accept(r)
}

// personID is the id of a new person with an ORCID, "" without one.
func personID(orcid string) string {
	if orcid == "" {
		return ""
	}
	return "orcid-" + strings.ToLower(base(orcid))
}

// abstract puts an inverted index back in order.
func abstract(index map[string][]int) string {
	const most = 20_000
	var words []string
	for word, places := range index {
		for _, at := range places {
			if at < 0 || at >= most {
				return ""
			}
			for len(words) <= at {
				words = append(words, "")
			}
			words[at] = word
		}
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

// oneLine returns a text with one space where there was any white space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
