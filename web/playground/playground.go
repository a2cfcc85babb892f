// Package playground holds what a visitor of the service sees first: the start page, and GraphiQL with worked
// examples. Both are embedded in the binary, and neither asks anything of another server.
//
// The GraphiQL bundle is built from app/ into dist/ with `npm ci && npm run build`; dist/ is committed, so that a
// machine with only Go can build the service. The examples are in examples.json and need no rebuild of the bundle.
package playground

import (
	"embed"
	"net/http"

	"github.com/i-partnerschap/kennisgraaf/web/bundle"
)

// MountPath is where [Handler] expects to be mounted; the path without its last slash redirects to it. The GraphQL
// endpoint is expected beside it, as /graphql.
const MountPath = "/playground/"

// policy lets GraphiQL run from its own origin and keeps everything else out. Monaco writes style elements at run
// time, hence 'unsafe-inline' for styles; images may be data because Monaco's style sheet draws with them.
const policy = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"font-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// dist holds the built GraphiQL, each file in gzip form only.
//
//go:embed all:dist
var dist embed.FS

// Handler serves GraphiQL below [MountPath] and the worked examples as MountPath + "examples.json". It answers GET and
// HEAD, and 404 for every path that it does not have. It panics if the embedded files are damaged, which the tests of
// this package rule out.
func Handler() http.Handler {
	files, err := load()
	if err != nil {
		panic("playground: " + err.Error())
	}
	return files.Handler(MountPath, policy)
}

func load() (bundle.Files, error) {
	files, err := bundle.Load(dist, "dist")
	if err != nil {
		return nil, err
	}
	examples, err := Examples()
	if err != nil {
		return nil, err
	}
	return files, files.AddJSON("examples.json", examples)
}
