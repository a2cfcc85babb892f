package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match"
	"github.com/i-partnerschap/kennisgraaf/resolvers"
	"github.com/i-partnerschap/kennisgraaf/resolvers/lookahead"
	"github.com/i-partnerschap/kennisgraaf/web"
	"github.com/i-partnerschap/kennisgraaf/web/auth"
	"github.com/i-partnerschap/kennisgraaf/web/explorer"
	"github.com/i-partnerschap/kennisgraaf/web/limits"
	"github.com/i-partnerschap/kennisgraaf/web/playground"
	webreport "github.com/i-partnerschap/kennisgraaf/web/report"
)

type serveCmd struct {
	Addr    string   `default:"127.0.0.1:8080" env:"IPG_ADDR" help:"Address to listen on."`
	Origins []string `env:"IPG_ORIGINS" placeholder:"URL" help:"Other origins whose pages may use the API from a browser."`

	Auth    string        `default:"none" enum:"none,oidc" env:"IPG_AUTH" group:"Who may come in" help:"none lets everyone in who reaches the address, which must be a loopback one; oidc asks for a bearer token of an OpenID Connect issuer."`
	OIDC    auth.Options  `embed:"" prefix:"oidc-" group:"Who may come in"`
	Webhook webhookFlags  `embed:"" prefix:"webhook-" group:"Webhooks"`
	Limits  limits.Limits `embed:"" prefix:"limit-" group:"Limits"`
}

// Run serves until ctx ends.
func (s *serveCmd) Run(ctx context.Context, c *cli, log *slog.Logger, stdout *os.File) (err error) {
	if err := web.CheckOrigins(s.Origins); err != nil {
		return err
	}
	gate, err := s.gate(log)
	if err != nil {
		return err
	}
	store, model, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := store.Ready(ctx); err != nil {
		// A database that is down is waited for; the service says at /readyz how it stands.
		filling, stop := context.WithCancel(ctx)
		var wait sync.WaitGroup
		wait.Go(func() { fillWhenUp(filling, store, model, c.Dataset, log) })
		defer wait.Wait()
		defer stop() // also where the service ends for a reason of its own, such as a port that is taken
	} else if err := fill(ctx, store, model, c.Dataset, log); err != nil {
		return err
	}
	hub, run := s.live(store, model, log)
	following, stop := context.WithCancel(context.WithoutCancel(ctx)) // subscribers are told first that the server stops
	var follow sync.WaitGroup
	follow.Go(func() { run(following) })
	defer follow.Wait()
	defer stop()
	matcher, err := c.Embed.matcher(hub.Store(), store)
	if err != nil {
		return err
	}
	follow.Go(func() { warm(following, matcher, log) })
	follow.Go(func() { matcher.Follow(following, log) })
	follow.Go(func() { discover(following, gate, log) })
	return web.Serve(ctx, s.Addr, s.handler(hub.Store(), model, matcher, gate, log), log, func(addr net.Addr) {
		fmt.Fprintf(stdout, "Start page  http://%s/\nExplorer    http://%s/explorer/\nPlayground  http://%s/playground/\nGraphQL     http://%s/graphql  (store %s)\n", addr, addr, addr, addr, c.Store)
	})
}

// gate makes what lets callers in, nil where everyone may come in who reaches the address.
func (s *serveCmd) gate(log *slog.Logger) (*auth.Gate, error) {
	switch {
	case s.Auth == "oidc":
		return auth.New(s.OIDC, lookahead.WithPersonal, log)
	case s.OIDC.Issuer != "":
		return nil, errors.New("--oidc-issuer is given, but --auth is none: set --auth to oidc, or leave the issuer out")
	}
	return nil, web.RequireLoopback(s.Addr)
}

// handler wires the whole service.
func (s *serveCmd) handler(store graph.Store, model *graph.Model, matcher *match.Matcher, gate *auth.Gate, log *slog.Logger) http.Handler {
	api := resolvers.NewSchema(model, store, lookahead.PageSizes{Default: s.Limits.PageDefault, Max: s.Limits.PageMax}, resolvers.WithMatcher(matcher))
	options := []web.Option{web.WithStreams(s.Limits, s.Origins), web.WithExtension(resolvers.Endings{}), web.WithExtension(resolvers.AsOf{})}
	if gate != nil {
		options = append(options, web.WithExtension(auth.Policy{}))
	}
	return web.Routes(web.Config{
		GraphQL: web.NewGraphQL(api, s.Limits, log, options...), Gate: gate, Start: playground.Start(), Playground: playground.Handler(), Explorer: explorer.Handler(model),
		Mount: map[string]http.Handler{
			"/report": webreport.Handler(store, model, log), "/completeness": webreport.Completeness(store, model, log),
		},
		Ready: func(ctx context.Context) error { return cmp.Or(store.Ready(ctx), matcher.Ready(), gate.Ready()) }, AllowedOrigins: s.Origins, LocalOnly: gate == nil, Log: log,
	})
}

// warm makes matching ready while the service already answers other queries. A store that
// is down is waited for.
func warm(ctx context.Context, matcher *match.Matcher, log *slog.Logger) {
	begin := time.Now()
	if retry(ctx, log, "matching is not ready yet", func() error { return matcher.Warm(ctx) }) {
		log.Info("matching is ready", "after", time.Since(begin).Round(time.Millisecond))
	}
}

// discover has the gate, if there is one, find out how tokens are checked. An issuer that is down is waited for.
func discover(ctx context.Context, gate *auth.Gate, log *slog.Logger) {
	if gate != nil {
		retry(ctx, log, "tokens cannot be checked yet", func() error { return gate.Discover(ctx) })
	}
}
