// Package embed turns texts into vectors with a model behind an HTTP endpoint that speaks
// the protocol of OpenAI's /v1/embeddings, as local model servers do too.
package embed

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Options say where the model is and how to treat it.
type Options struct {
	// URL is the endpoint's base ("http://127.0.0.1:11434") or its whole address, and Model
	// the name of the model there.
	URL, Model string
	// Key goes along as a bearer token; "" sends none.
	Key string
	// Batch is the most texts in one request, Retries how often one that failed is sent
	// again, Timeout how long one may take. 0 takes the default of each.
	Batch, Retries int
	Timeout        time.Duration
	// MaxText is the most of a text that is sent, in bytes; models cut off long ones anyhow.
	MaxText int
}

// The defaults of Options.
const (
	defaultBatch   = 64
	defaultRetries = 2
	defaultTimeout = 30 * time.Second
	defaultMaxText = 8_000
)

// The most bytes of an answer: for each text as many values as any model gives.
const answerPerText = 256 << 10

// firstPause is how long to wait before the first repetition; each waits twice as long.
const firstPause = 250 * time.Millisecond

// Client is an endpoint. It is safe for concurrent use.
type Client struct {
	o       Options
	address string
	http    *http.Client
}

// New checks the options; a wrong one is BadUserInput. Nothing is sent yet.
func New(o Options) (*Client, error) {
	u, err := url.Parse(o.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, graph.Errorf(graph.BadUserInput, "the address of the embeddings endpoint is %q; it must be like http://127.0.0.1:11434", o.URL)
	}
	if o.Model == "" {
		return nil, graph.Errorf(graph.BadUserInput, "the embeddings endpoint needs the name of a model")
	}
	if !strings.HasSuffix(u.Path, "/embeddings") {
		base := strings.TrimSuffix(strings.TrimSuffix(u.Path, "/"), "/v1")
		u.Path = base + "/v1/embeddings"
	}
	for at, standard := range map[*int]int{&o.Batch: defaultBatch, &o.Retries: defaultRetries, &o.MaxText: defaultMaxText} {
		if *at == 0 {
			*at = standard
		}
	}
	if o.Timeout == 0 {
		o.Timeout = defaultTimeout
	}
	return &Client{o: o, address: u.String(), http: &http.Client{Timeout: o.Timeout}}, nil
}

// Model returns the name of the model.
func (c *Client) Model() string { return c.o.Model }

// Embed returns a vector for each text, all of one length. Every error is StoreUnavailable:
// the endpoint does not answer, or not as it should.
func (c *Client) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	var out [][]float32
	for len(texts) > 0 {
		n := min(c.o.Batch, len(texts))
		vectors, err := c.retried(ctx, texts[:n])
		if err != nil {
			return nil, graph.Wrap(graph.StoreUnavailable, err, "the embeddings endpoint gave no vectors")
		}
		out, texts = append(out, vectors...), texts[n:]
	}
	for _, v := range out {
		if len(v) != len(out[0]) || len(v) == 0 {
			return nil, graph.Errorf(graph.StoreUnavailable, "the embeddings endpoint gave vectors of %d and %d values; all must be as long", len(out[0]), len(v))
		}
	}
	return out, nil
}

// fault is an answer that is none; wait is how long the endpoint wants to be left alone.
type fault struct {
	status int
	wait   time.Duration
}

func (f *fault) Error() string { return "HTTP status " + strconv.Itoa(f.status) }

// retryable tells whether the same request may do better later.
func retryable(err error) bool {
	var f *fault
	if errors.As(err, &f) {
		return f.status == http.StatusTooManyRequests || f.status >= http.StatusInternalServerError
	}
	var u *url.Error
	return errors.As(err, &u)
}

func (c *Client) retried(ctx context.Context, texts []string) ([][]float32, error) {
	pause := firstPause
	for try := 0; ; try++ {
		vectors, err := c.request(ctx, texts)
		if err == nil || try >= c.o.Retries || !retryable(err) || ctx.Err() != nil {
			return vectors, err
		}
		var f *fault
		if errors.As(err, &f) {
			pause = max(pause, f.wait)
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(pause):
		}
		pause *= 2
	}
}

// request sends one request.
func (c *Client) request(ctx context.Context, texts []string) ([][]float32, error) {
	input := make([]string, len(texts))
	for i, t := range texts {
		input[i] = strings.ToValidUTF8(t[:min(len(t), c.o.MaxText)], "")
	}
	body, err := json.Marshal(map[string]any{"model": c.o.Model, "input": input, "encoding_format": "float"})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	if c.o.Key != "" {
		req.Header.Set("Authorization", "Bearer "+c.o.Key)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close() //nolint:errcheck // only read
	if res.StatusCode != http.StatusOK {
		seconds, _ := strconv.Atoi(res.Header.Get("Retry-After"))
		return nil, &fault{status: res.StatusCode, wait: min(time.Duration(seconds)*time.Second, c.o.Timeout)}
	}
	var answer struct {
		Data []struct {
			Index     int       `json:"index"`
			Embedding []float32 `json:"embedding"`
		} `json:"data"`
	}
	if err := json.NewDecoder(io.LimitReader(res.Body, int64(len(texts))*answerPerText)).Decode(&answer); err != nil {
		return nil, fmt.Errorf("the answer is no embeddings: %w", err)
	}
	out := make([][]float32, len(texts))
	for _, d := range answer.Data {
		if d.Index < 0 || d.Index >= len(out) || out[d.Index] != nil {
			return nil, fmt.Errorf("the answer has a vector of text %d, of %d", d.Index, len(out))
		}
		out[d.Index] = d.Embedding
	}
	if len(answer.Data) != len(texts) {
		return nil, fmt.Errorf("the answer has %d vectors for %d texts", len(answer.Data), len(texts))
	}
	return out, nil
}
