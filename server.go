// Command kennisgraaf serves the knowledge graph of the I-Partnerschap over GraphQL,
// and answers its main question on the command line.
package main

//go:generate go run ./schema/generate

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// cli is the command line. Every flag has an environment variable beside it.
type cli struct {
	Store    string `default:"sqlite:ipartnerschap.db" env:"IPG_STORE" placeholder:"URL" help:"Where the graph is kept: sqlite:FILE (${default}), neo4j://HOST:7687 or bolt://HOST:7687."`
	Dataset  string `default:"demo" enum:"demo,reference,none" env:"IPG_DATASET" help:"What a new store is filled with: demo (facts and invented content), reference (facts only) or none."`
	LogLevel string `default:"info" enum:"debug,info,warn,error" env:"IPG_LOG_LEVEL" help:"Least level to log: debug, info, warn or error."`

	Neo4j neo4jFlags `embed:"" prefix:"neo4j-" group:"Neo4j"`
	Embed embedFlags `embed:"" prefix:"embed-" group:"Semantic similarity"`

	Serve       serveCmd  `cmd:"" default:"withargs" help:"Serve the GraphQL API, the playground, the explorer and the start page (the default command)."`
	Match       matchCmd  `cmd:"" help:"Print who fits a question, and why."`
	Report      reportCmd `cmd:"" help:"Write a report."`
	Import      importCmd `cmd:"" help:"Take files into the store: JSONL, CSV, ROR, OpenAlex, SKOS."`
	Export      exportCmd `cmd:"" help:"Write the whole graph: JSONL, CSV, XLSX, GraphML, Cytoscape, JSON-LD."`
	Erase       eraseCmd  `cmd:"" help:"Erase a person from the graph and from the change log."`
	Neo4jServer neo4jCmd  `cmd:"" name:"neo4j" help:"Run a Neo4j for local development, and print the command to connect."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, "kennisgraaf:", err)
		os.Exit(1)
	}
}

// run parses the arguments and executes the command. It returns when the command is
// done or ctx ends.
func run(ctx context.Context, args []string, stdout, stderr *os.File) error {
	var c cli
	parser, err := kong.New(&c,
		kong.Name("kennisgraaf"),
		kong.Description("Knowledge graph of the I-Partnerschap: which lector fits which vraagstuk, and why."),
		kong.UsageOnError(), kong.Writers(stdout, stderr),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true}),
	)
	if err != nil {
		return err
	}
	command, err := parser.Parse(args)
	if err != nil {
		return err
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: level}))
	command.BindTo(ctx, (*context.Context)(nil))
	return command.Run(&c, log, stdout)
}
