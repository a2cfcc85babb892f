package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/live"
	"github.com/i-partnerschap/kennisgraaf/live/webhook"
	"github.com/i-partnerschap/kennisgraaf/resolvers"
)

// webhookFlags say how saved searches are delivered.
type webhookFlags struct {
	Secret       string `env:"IPG_WEBHOOK_SECRET" help:"Secret that signs deliveries, at least 24 characters, better in the environment than on the command line; without it nothing is delivered."`
	AllowPrivate bool   `env:"IPG_WEBHOOK_ALLOW_PRIVATE" help:"Also deliver without TLS, and to this machine and private networks."`
}

// leastSecret is how short a secret may be, as Standard Webhooks has it.
const leastSecret = 24

// Validate is called by kong.
func (w webhookFlags) Validate() error {
	if w.Secret != "" && len(w.Secret) < leastSecret {
		return fmt.Errorf("the webhook secret has %d characters; it needs at least %d", len(w.Secret), leastSecret)
	}
	return nil
}

// live makes what tells subscribers and webhooks of changes, and returns what runs it until
// its context ends.
func (s *serveCmd) live(store graph.Store, model *graph.Model, log *slog.Logger) (*live.Hub, func(context.Context)) {
	hooks := webhook.Options{Secret: s.Webhook.Secret, AllowPrivate: s.Webhook.AllowPrivate}
	options := live.Options{Window: s.Limits.StreamWindow, Log: log}
	if hooks.Secret == "" {
		hub := live.New(store, options)
		return hub, hub.Run
	}
	options.Webhook = hooks.CheckAddress
	hub := live.New(store, options)
	deliverer := webhook.New(hub.Store(), resolvers.Finder(model, hub.Store()), hooks, log)
	return hub, func(ctx context.Context) {
		var work sync.WaitGroup
		work.Go(func() { hub.Run(ctx) })
		deliverer.Run(ctx)
		work.Wait()
	}
}
