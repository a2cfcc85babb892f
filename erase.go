package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/privacy"
)

type eraseCmd struct {
	ID     string `arg:"" help:"Id of the person, or of another node of a type with personal properties."`
	DryRun bool   `short:"n" help:"Erase nothing; show what would go, and which texts name the person."`
	Yes    bool   `help:"Do not ask; needed where nobody can be asked."`
	Actor  string `default:"erase" env:"IPG_ACTOR" help:"Who the change log says it was."`
}

// Help explains what the flags cannot.
func (*eraseCmd) Help() string {
	return `Takes a person out of the graph, with all relations and vectors, and out of the change log, in one transaction. It cannot
be undone: write export --about ID first, where the person is to have a copy.

The change log keeps the number, time, operation, type and actor of each entry about the person, so that cursors and
subscriptions stay whole. The values before and after go, and a pseudonym (erased-…) takes the place of the id, the same one
in all entries; who was merged into the person has one too. Where the id itself is an actor, because the person wrote
under it, it becomes the pseudonym as well. Other names of actors stay, such as the sub of a token: who wrote what is kept as evidence. Those that are recognised are listed.
A person who was deleted before can be erased from the log in the same way. Servers that run drop the person by themselves.
Their subscribers are told of a deletion under the pseudonym; whoever must hear the id gets it from the mutation delete,
made before.

Before that it shows what will go, and searches all texts, those of the change log too, for the name, the ids and the
personal values. What it finds there belongs to others, and stays: change these texts yourself. A text with all words of
the name is sure; one with the last word only is listed as a possibility.

It cannot reach, and you have to see to:
- exports, backups, snapshots of disks, copies that users made; importing one that has the person brings the person back
- whoever got data from here: receivers of webhooks, the embeddings endpoint (--embed-url)
- the log files of proxies and of the database, if they log queries
- on Neo4j: the transaction logs, which hold every write until they are pruned. A log file is once it is full (256 MiB, by
  db.tx_log.rotation.size) and then old enough (2 days, by db.tx_log.rotation.retention_policy); SHOW SETTINGS tells what yours are.
  The same goes for space in the store's files that is free and not overwritten yet. An export that is imported into a new
  database leaves both behind, and the change log too.

The file of the embedded store is then written anew and its write-ahead log cut off, so that no byte of the person is left
there. That takes as much free space as the file, beside it and in the folder for temporary files, and other writers wait.
Where it is interrupted, run the command again: it finishes.

Examples:
  kennisgraaf erase jan-voorbeeld --dry-run
  kennisgraaf erase jan-voorbeeld --yes --store neo4j://localhost:7687`
}

// Run shows what would go, asks, and erases it.
func (e *eraseCmd) Run(ctx context.Context, c *cli, _ *slog.Logger, stdout *os.File) error {
	err := e.run(ctx, c, stdout)
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("stopped; run the same command again: %s", err.Error()) // it must not pass for an end in order
	}
	return err
}

func (e *eraseCmd) run(ctx context.Context, c *cli, stdout *os.File) (err error) {
	store, model, err := c.existing(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	record, err := privacy.Find(ctx, store, model, e.ID)
	if err != nil {
		return e.finish(ctx, store, stdout, err)
	}
	if err := record.Erasable(model); err != nil {
		return err
	}
	bar := newProgress(os.Stderr)
	bar.begin("search", "texts", -1)
	mentions, err := record.Mentions(ctx, store, model, bar.Add)
	bar.End()
	if err != nil {
		return err
	}
	printRecord(stdout, record)
	printMentions(stdout, mentions)
	if e.DryRun {
		fmt.Fprintln(stdout, "Dry run, nothing was erased.")
		return nil
	}
	if !e.Yes {
		if !term.IsTerminal(int(os.Stdin.Fd())) {
			return graph.Errorf(graph.BadUserInput, "nothing was erased, since nobody can be asked here; pass --yes to erase, or --dry-run to only look")
		}
		if err := confirm(ctx, os.Stdin, stdout, e.ID); err != nil {
			return err
		}
	}
	return e.erase(ctx, store, record, stdout)
}

func (e *eraseCmd) erase(ctx context.Context, store graph.Store, record *privacy.Record, stdout io.Writer) error {
	receipt, err := record.Erase(ctx, store, e.Actor)
	if err != nil {
		return err
	}
	last := receipt.Entries[len(receipt.Entries)-1]
	fmt.Fprintf(stdout, "Erased. The change log calls it %s.\n", last.ID)
	if _, err := clean(ctx, store); err != nil {
		return err
	}
	if _, ok := store.(graph.Cleaner); ok {
		fmt.Fprintln(stdout, "The file was written anew, and holds nothing of it any more.")
	} else {
		fmt.Fprintln(stdout, "The database's transaction logs still hold it until they are pruned; see --help.")
	}
	return nil
}

// finish cleans up after an erasure that was interrupted, where the node is not there to be
// erased: it may be the one that was.
func (e *eraseCmd) finish(ctx context.Context, store graph.Store, stdout io.Writer, missing error) error {
	if graph.CodeOf(missing) != graph.NotFound || e.DryRun {
		return missing
	}
	did, err := clean(ctx, store)
	if err != nil || !did {
		return errors.Join(missing, err)
	}
	fmt.Fprintf(stdout, "There is no %q. An erasure was interrupted before the file was clean; that is done now.\n", e.ID)
	return nil
}

// clean has a store forget in its files what was erased.
func clean(ctx context.Context, store graph.Store) (bool, error) {
	cleaner, ok := store.(graph.Cleaner)
	if !ok {
		return false, nil
	}
	did, err := cleaner.Clean(ctx)
	if err != nil {
		return false, graph.Wrap(graph.CodeOf(err), err, "it is erased, but the file is not clean of it yet; run the same command again")
	}
	return did, nil
}

// confirm asks for the id once more.
func confirm(ctx context.Context, in io.Reader, out io.Writer, id string) error {
	fmt.Fprintf(out, "This cannot be undone. Type the id to erase it: ")
	typed := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(in).ReadString('\n') // at its end nothing was typed
		typed <- strings.TrimRight(line, "\r\n")
	}()
	select {
	case <-ctx.Done():
		fmt.Fprintln(out)
		return errors.New("nothing was erased")
	case answer := <-typed:
		if answer != id {
			return graph.Errorf(graph.BadUserInput, "that is not the id; nothing was erased")
		}
		return nil
	}
}

// printRecord says what will go. Names and ids are quoted, so that none can pass for what
// the program says.
func printRecord(out io.Writer, r *privacy.Record) {
	fmt.Fprintf(out, "%s %q (id %q)", r.Type, r.Name, r.ID)
	if r.Props == nil {
		fmt.Fprint(out, ", which is deleted already and still in the change log")
	}
	fmt.Fprintln(out)
	types := map[string]int{}
	for _, rel := range r.Relations {
		types[rel.Type]++
	}
	var parts []string
	for _, typ := range slices.Sorted(maps.Keys(types)) {
		parts = append(parts, fmt.Sprintf("%d %s", types[typ], typ))
	}
	if len(parts) == 0 {
		parts = []string{"none"}
	}
	fmt.Fprintf(out, "  relations   %s\n", strings.Join(parts, ", "))
	fmt.Fprintf(out, "  change log  %d entries\n", len(r.Log))
	if len(r.Merged) > 0 {
		fmt.Fprintf(out, "  merged ids  %s\n", strings.Join(quotedIDs(r.Merged), ", "))
	}
	if len(r.Wrote) > 0 {
		fmt.Fprintf(out, "  as actor    %d entries about others, which stay under the pseudonym\n", len(r.Wrote))
	}
}

func quotedIDs(ids []string) []string {
	quoted := make([]string, len(ids))
	for i, id := range ids {
		quoted[i] = fmt.Sprintf("%q", id)
	}
	return quoted
}

// possibilitiesShown is how many texts with the last word of the name only are listed.
const possibilitiesShown = 20

// printMentions lists the texts that stay.
func printMentions(out io.Writer, mentions []privacy.Mention) {
	first := slices.IndexFunc(mentions, func(m privacy.Mention) bool { return m.Perhaps })
	if first < 0 {
		first = len(mentions)
	}
	if len(mentions) == 0 {
		fmt.Fprintln(out, "No other text names it.")
	}
	for _, part := range []struct {
		what  string
		list  []privacy.Mention
		shown int
	}{
		{"These name it, and stay as they are", mentions[:first], first},
		{"These have the last word of the name, and may mean somebody else", mentions[first:], possibilitiesShown},
	} {
		if len(part.list) == 0 {
			continue
		}
		fmt.Fprintf(out, "%s (%d):\n", part.what, len(part.list))
		for _, m := range part.list[:min(len(part.list), part.shown)] {
			fmt.Fprintln(out, "  "+mentionLine(m))
		}
		if more := len(part.list) - part.shown; more > 0 {
			fmt.Fprintf(out, "  … and %d more\n", more)
		}
	}
}

func mentionLine(m privacy.Mention) string {
	line := fmt.Sprintf("%s %q", m.Type, m.ID)
	if m.From != "" {
		line = fmt.Sprintf("%s %q → %q", m.Type, m.From, m.To)
	}
	if m.Type == "actor" {
		return line + ", who wrote in the change log"
	}
	line += ": " + strings.Join(m.Properties, ", ")
	if m.Past {
		line += " (in the change log)"
	}
	return line
}
