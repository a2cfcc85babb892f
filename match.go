package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match"
)

type matchCmd struct {
	Question string   `arg:"" help:"The question in your own words, or the id of a vraagstuk."`
	Supply   []string `default:"LECTOR" enum:"LECTOR,LECTORAAT,INSTITUTION,FIELDLAB,OFFER" help:"What may be proposed."`
	Themes   []string `help:"Ids of themes, instead of those recognised."`
	Regions  []string `help:"Ids of regions that count."`
	First    int      `default:"5" help:"How many to print."`
	Lang     string   `default:"NL" enum:"NL,EN" help:"Language of the reasons: NL or EN."`
}

// Run prints the ranking.
func (m *matchCmd) Run(ctx context.Context, c *cli, log *slog.Logger, stdout *os.File) (err error) {
	store, _, err := c.open(ctx, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	req := match.Request{Themes: m.Themes, Regions: m.Regions, Today: time.Now(), First: max(m.First, 1)}
	if strings.ContainsAny(strings.TrimSpace(m.Question), " ?") {
		req.Text = m.Question
	} else {
		req.Vraagstuk = m.Question
	}
	for _, s := range m.Supply {
		req.Supply = append(req.Supply, match.Supply(s))
	}
	matcher, err := c.Embed.matcher(store, store)
	if err != nil {
		return err
	}
	answer, err := prepared(ctx, matcher, log).Match(ctx, req)
	if req.Vraagstuk != "" && graph.CodeOf(err) == graph.NotFound && len(m.Themes)+len(m.Regions) == 0 {
		log.Info("there is no vraagstuk with that id, so it is taken as words", "words", len(strings.Fields(m.Question)))
		req.Text, req.Vraagstuk = m.Question, ""
		answer, err = matcher.Match(ctx, req)
	}
	if err != nil {
		return err
	}
	for _, note := range answer.Understood.Notes {
		log.Warn(note)
	}
	m.print(stdout, answer)
	return nil
}

func (m *matchCmd) print(w io.Writer, a *match.Answer) {
	name := func(id string) string {
		if n, ok := a.Names[id]; ok && m.Lang == "EN" {
			return n.EN
		} else if ok {
			return n.NL
		}
		return id
	}
	if themes := a.Understood.Themes; len(themes) > 0 {
		names := make([]string, len(themes))
		for i, t := range themes {
			names[i] = name(t.ID)
		}
		fmt.Fprintf(w, "%s %s\n\n", m.word("Thema's:", "Themes:"), strings.Join(names, ", "))
	}
	for i, one := range a.Matches {
		fmt.Fprintf(w, "%2d. %.2f  %s\n", i+1, one.Score, name(one.ID))
		var home []string
		for _, id := range []string{one.Home.Lectoraat, one.Home.Institution, one.Home.Region} {
			if id != "" && id != one.ID {
				home = append(home, name(id))
			}
		}
		if len(home) > 0 {
			fmt.Fprintf(w, "          %s\n", strings.Join(home, " · "))
		}
		fmt.Fprintf(w, "          %s\n", a.Summary(one, m.Lang))
		if one.Declined != nil {
			fmt.Fprintf(w, "          %s %s\n", m.word("Eerder afgewezen:", "Declined before:"), *one.Declined)
		}
	}
	if len(a.Matches) == 0 {
		fmt.Fprintln(w, m.word("Niemand gevonden die hierbij past. Probeer andere woorden, of noem thema's met --themes.",
			"Nobody found who fits. Try other words, or name themes with --themes."))
	} else if rest := a.Total - len(a.Matches); rest > 0 {
		fmt.Fprintf(w, "\n%d %s\n", rest, m.word("kandidaten meer; toon ze met --first.", "more candidates; show them with --first."))
	}
}

func (m *matchCmd) word(nl, en string) string {
	if m.Lang == "EN" {
		return en
	}
	return nl
}
