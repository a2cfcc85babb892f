package explorer

import (
	"embed"
	"net/http"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web/bundle"
)

// MountPath is where [Handler] expects to be mounted; the path without its last slash redirects to it. The GraphQL
// endpoint and the playground are expected beside it, as /graphql and /playground/.
const MountPath = "/explorer/"

// policy lets the page run from its own origin and keeps everything else out: no script and no style stands in a page.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// dist holds the built page, each file in gzip form only.
//
//go:embed all:dist
var dist embed.FS

// Handler serves the page below [MountPath], and as MountPath + "model.json" what it knows of the model. It answers GET
// and HEAD, and 404 for every path that it does not have. It holds no data of the graph. It panics if the embedded files
// are damaged, which the tests of this package rule out.
func Handler(model *graph.Model) http.Handler {
	files, err := load(model)
	if err != nil {
		panic("explorer: " + err.Error())
	}
	return files.Handler(MountPath, policy)
}

func load(model *graph.Model) (bundle.Files, error) {
	files, err := bundle.Load(dist, "dist")
	if err != nil {
		return nil, err
	}
	operations, err := Operations(model)
	if err != nil {
		return nil, err
	}
	return files, files.AddJSON("model.json", knowledge{Types: typesOf(model), Candidates: model.Labels("MatchCandidate"), Operations: operations})
}
