package augment_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/google/go-cmp/cmp"

	"github.com/i-partnerschap/kennisgraaf/schema/augment"
)

const libraryQuery = `{
	books(where: {authors: {some: {name: {contains: "multa"}}}}, sort: [{path: "pages", order: DESC}]) {
		totalCount
		nodes { id title label printed authors { edges { chapters node { name } } } }
	}
	author(id: "a1") { owns { nodes { __typename title ... on Film { book { pages } } } } }
	booksAggregate { count stats(of: "pages") { sum } }
	search(text: "havelaar") { totalCount }
	path(from: "f1", to: "b2", first: 1) { sentence(lang: EN) }
}`

const libraryAnswer = `{
	"books": {"totalCount": 2, "nodes": [
		{"id": "b1", "title": "Max Havelaar", "label": "Max Havelaar", "printed": "1860-05-14",
			"authors": {"edges": [{"chapters": 20, "node": {"name": "Multatuli"}}]}},
		{"id": "b2", "title": "Minnebrieven", "label": "Minnebrieven", "printed": null,
			"authors": {"edges": [{"chapters": null, "node": {"name": "Multatuli"}}]}}]},
	"author": {"owns": {"nodes": [{"__typename": "Film", "title": "Max Havelaar of de koffieveilingen", "book": {"pages": 300}}]}},
	"booksAggregate": {"count": 2, "stats": {"sum": 400}},
	"search": {"totalCount": 2},
	"path": [{"sentence": "Multatuli owns “Max Havelaar of de koffieveilingen” and Multatuli wrote “Minnebrieven”."}]
}`

// The SDL alone drives the service: one of another domain is generated, compiled and
// asked questions, without a line of Go for it.
func TestAnotherDomainNeedsNoCode(t *testing.T) {
	dir, err := os.MkdirTemp("testdata", "generated")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	sdl, err := filepath.Abs("testdata/library/library.graphql")
	if err != nil {
		t.Fatal(err)
	}
	generateLibrary(t, dir, sdl)
	program, err := os.ReadFile("testdata/library/main.go.txt")
	if err != nil {
		t.Fatal(err)
	}
	program = []byte(strings.ReplaceAll(string(program), "DIR", filepath.Base(dir)))
	if err := os.WriteFile(filepath.Join(dir, "main.go"), program, 0o600); err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(map[string]string{"query": libraryQuery})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "run", "./"+dir, sdl, filepath.Join(t.TempDir(), "library.db"))
	cmd.Stdin = strings.NewReader(string(body))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var got struct{ Data, Errors any }
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var want any
	if err := json.Unmarshal([]byte(libraryAnswer), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got.Data); diff != "" || got.Errors != nil {
		t.Errorf("errors %v; -want +got:\n%s", got.Errors, diff)
	}
}

func generateLibrary(t *testing.T, dir, sdl string) {
	t.Helper()
	api := filepath.Join(dir, "api")
	if err := os.Mkdir(api, 0o700); err != nil {
		t.Fatal(err)
	}
	settings := "schema: [" + sdl + "]\nexec: {package: api, filename: " + api + "/generated.go}\n" +
		"omit_getters: true\nomit_resolver_fields: true\nomit_root_models: true\nskip_mod_tidy: true\nskip_validation: true\n"
	file := filepath.Join(dir, "gqlgen.yml")
	if err := os.WriteFile(file, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, err := config.LoadConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := augment.Generate(cfg, filepath.Join(dir, "api.graphql")); err != nil {
		t.Fatal(err)
	}
}
