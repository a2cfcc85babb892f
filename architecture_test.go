package main

import (
	"os/exec"
	"strings"
	"testing"
)

// Arrows point one way: server.go → resolvers, web → match → graph ← stores.
func TestImportsPointOneWay(t *testing.T) {
	const module = "github.com/i-partnerschap/kennisgraaf/"
	for pkg, forbidden := range map[string][]string{
		"graph":               {"github.com/99designs/gqlgen", "github.com/vektah/gqlparser", "modernc.org/sqlite", "neo4j-go-driver", module + "schema", module + "resolvers", module + "web"},
		"graph/sqlite":        {"github.com/99designs/gqlgen", module + "schema", module + "resolvers", module + "match", module + "web", module + "dataset"},
		"graph/validate":      {"github.com/99designs/gqlgen", module + "schema", module + "dataset", module + "resolvers", module + "web"},
		"graph/neo4j":         {"github.com/99designs/gqlgen", "modernc.org/sqlite", module + "schema", module + "resolvers", module + "match", module + "web", module + "dataset"},
		"graph/neo4j/cypher":  {"neo4j-go-driver", "modernc.org/sqlite", module + "schema", module + "resolvers"},
		"write":               {"github.com/99designs/gqlgen", "modernc.org/sqlite", "neo4j-go-driver", module + "schema", module + "resolvers", module + "web", module + "dataset"},
		"duplicate":           {"github.com/99designs/gqlgen", module + "schema", module + "resolvers", module + "web"},
		"privacy":             {"github.com/99designs/gqlgen", "modernc.org/sqlite", "neo4j-go-driver", module + "schema", module + "resolvers", module + "web"},
		"match":               {"github.com/99designs/gqlgen", "modernc.org/sqlite", "neo4j-go-driver", module + "resolvers", module + "web", module + "dataset"},
		"dataset":             {"github.com/99designs/gqlgen", "modernc.org/sqlite", module + "resolvers", module + "web"},
		"dataset/importer":    {"github.com/99designs/gqlgen", module + "schema", module + "resolvers", module + "web"},
		"resolvers":           {"modernc.org/sqlite", "neo4j-go-driver", module + "web", module + "dataset", module + "schema/augment"},
		"resolvers/lookahead": {module + "match", module + "schema"},
		"live":                {"github.com/99designs/gqlgen", "modernc.org/sqlite", "neo4j-go-driver", module + "resolvers", module + "web"},
		"live/webhook":        {"github.com/99designs/gqlgen", "modernc.org/sqlite", "neo4j-go-driver", module + "resolvers", module + "web"},
		"web":                 {"modernc.org/sqlite", "neo4j-go-driver", module + "resolvers", module + "match", module + "dataset"},
	} {
		out, err := exec.Command("go", "list", "-deps", "./"+pkg).Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, dep := range strings.Fields(string(out)) {
			for _, f := range forbidden {
				if strings.Contains(dep, f) {
					t.Errorf("%s imports %s", pkg, dep)
				}
			}
		}
	}
}
