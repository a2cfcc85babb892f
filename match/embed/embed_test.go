package embed_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/match/embed"
)

// lengths answers each text with a vector of its length, the texts in reverse order.
func lengths(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Model string
		Input []string
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in.Model != "m" || r.Header.Get("Authorization") != "Bearer secret" {
		http.Error(w, "bad", http.StatusBadRequest)
		return
	}
	var parts []string
	for i := len(in.Input) - 1; i >= 0; i-- {
		parts = append(parts, fmt.Sprintf(`{"index":%d,"embedding":[%d,1]}`, i, len(in.Input[i])))
	}
	fmt.Fprintf(w, `{"data":[%s]}`, strings.Join(parts, ","))
}

func client(t *testing.T, handler http.HandlerFunc, change func(*embed.Options)) *embed.Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	o := embed.Options{URL: server.URL + "/v1", Model: "m", Key: "secret", Batch: 2, Timeout: 10 * time.Second, MaxText: 5}
	if change != nil {
		change(&o)
	}
	c, err := embed.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Texts go in batches, cut to size, and their vectors come back in order, after a server
// that was busy has been asked again.
func TestEmbed(t *testing.T) {
	requests := 0
	c := client(t, func(w http.ResponseWriter, r *http.Request) {
		if requests++; requests == 1 {
			http.Error(w, "busy", http.StatusServiceUnavailable)
			return
		}
		if r.URL.Path != "/v1/embeddings" {
			t.Errorf("asked %s", r.URL.Path)
		}
		lengths(w, r)
	}, nil)
	got, err := c.Embed(context.Background(), []string{"a", "bb", "ccc", "dddé", "ééé"})
	if want := "[[1 1] [2 1] [3 1] [5 1] [4 1]]"; err != nil || fmt.Sprint(got) != want || requests != 4 {
		t.Errorf("%v, %v after %d requests, want %s after 4", got, err, requests, want)
	}
}

func TestWhatIsNoAnswer(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"refused": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusUnauthorized) },
		"no JSON": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") },
		"too few": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"data":[{"index":0,"embedding":[1]}]}`) },
		"twice one": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}`)
		},
		"other lengths": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]}`)
		},
		"empty": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"data":[{"index":0,"embedding":[]},{"index":1,"embedding":[]}]}`)
		},
		"endless": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"data":[{"index":0,"embedding":[`+strings.Repeat("1,", 1<<20)+`1]}]}`)
		},
	} {
		if v, err := client(t, handler, nil).Embed(context.Background(), []string{"a", "b"}); graph.CodeOf(err) != graph.StoreUnavailable || err == nil {
			t.Errorf("%s: %v, %v", name, v, err)
		}
	}
}

// A caller who gives up does not wait for the endpoint, and its key is in no error.
func TestGivingUp(t *testing.T) {
	release := make(chan struct{})
	c := client(t, func(http.ResponseWriter, *http.Request) { <-release }, nil)
	t.Cleanup(func() { close(release) })
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.Embed(ctx, []string{"a"}); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("%v", err)
	}
}

func TestOptionsThatMakeNoSense(t *testing.T) {
	for _, o := range []embed.Options{{}, {URL: "host", Model: "m"}, {URL: "ftp://host", Model: "m"}, {URL: "http://host"}} {
		if _, err := embed.New(o); graph.CodeOf(err) != graph.BadUserInput || err == nil {
			t.Errorf("%+v: %v", o, err)
		}
	}
}
