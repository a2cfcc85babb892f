// Package schema holds the SDL, the single source of the domain: the node types by
// area in sdl/, and what it says as a [graph.Model]. Package augment writes the
// full API from it at go generate.
package schema

import (
	"embed"
	"io/fs"
	"path"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

//go:embed sdl/*.graphql
var files embed.FS

// Sources returns the hand-written SDL, a source for each file, in order of name.
func Sources() []*ast.Source {
	names, err := fs.Glob(files, "sdl/*.graphql")
	if err != nil {
		panic("schema: " + err.Error()) // the pattern is a constant
	}
	sources := make([]*ast.Source, 0, len(names))
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			panic("schema: " + err.Error()) // the file is embedded
		}
		sources = append(sources, &ast.Source{Name: path.Base(name), Input: string(text)})
	}
	return sources
}

// Model returns what the hand-written SDL says. It is read once; an SDL that does
// not make sense cannot be generated from, so an error here is a bug.
var Model = sync.OnceValues(func() (*graph.Model, error) { return Parse(Sources()...) })
