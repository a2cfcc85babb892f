package main

import (
	"context"
	"log/slog"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match"
	"github.com/i-partnerschap/kennisgraaf/match/embed"
)

// embedFlags name a model that turns texts into vectors. Without them matching goes by
// words, themes and the graph alone.
type embedFlags struct {
	URL   string `env:"IPG_EMBED_URL" placeholder:"URL" help:"Endpoint in the manner of OpenAI's /v1/embeddings, such as that of a local model server; off without it. Texts of the graph and questions are sent there."`
	Model string `env:"IPG_EMBED_MODEL" placeholder:"NAME" help:"Model to ask it for."`
	Key   string `env:"IPG_EMBED_KEY" help:"Key to the endpoint; better in the environment than on the command line."`
}

// matcher makes the Matcher of a store, whose vectors are kept in vectors.
func (f embedFlags) matcher(store, vectors graph.Store) (*match.Matcher, error) {
	m := match.New(store)
	if f.URL == "" {
		return m, nil
	}
	client, err := embed.New(embed.Options{URL: f.URL, Model: f.Model, Key: f.Key})
	if err != nil {
		return nil, err
	}
	keeper, ok := vectors.(graph.VectorStore)
	if !ok {
		return nil, graph.Errorf(graph.BadUserInput, "this store keeps no vectors; leave --embed-url out")
	}
	return m.WithEmbedder(client, store, keeper), nil
}

// prepared computes the vectors that are missing, and goes on without where that fails.
func prepared(ctx context.Context, m *match.Matcher, log *slog.Logger) *match.Matcher {
	if n, err := m.Embed(ctx); err != nil && ctx.Err() == nil {
		log.Warn("matching goes on without some vectors", "error", err)
	} else if n > 0 {
		log.Info("texts have new vectors", "texts", n)
	}
	return m
}
