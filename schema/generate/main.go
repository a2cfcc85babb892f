// Command generate writes the API from the SDL: go generate runs it in the root of
// the repository.
package main

import (
	"fmt"
	"os"

	"github.com/99designs/gqlgen/codegen/config"

	"github.com/i-partnerschap/kennisgraaf/schema/augment"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run() error {
	cfg, err := config.LoadConfig("gqlgen.yml")
	if err != nil {
		return err
	}
	return augment.Generate(cfg, "schema/api.graphql")
}
