package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/servertest"
)

// serveArguments, where it is set, has the test binary be the server itself.
const serveArguments = "KENNISGRAAF_TEST_ARGUMENTS"

func TestMain(m *testing.M) {
	if arguments := os.Getenv(serveArguments); arguments != "" {
		os.Args = append([]string{"kennisgraaf"}, strings.Split(arguments, "\n")...)
		main()
		return
	}
	os.Exit(m.Run())
}

// child is a server in a process of its own.
type child struct {
	cmd *exec.Cmd
	url string
}

func spawn(t *testing.T, store string) *child {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), serveArguments+"="+strings.Join([]string{
		"serve", "--addr", "127.0.0.1:0", "--log-level", "error", "--dataset", "none", "--store", store,
	}, "\n"))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal("the server did not start: ", err)
	}
	_, url, _ := strings.Cut(line, "http://")
	return &child{cmd, "http://" + strings.TrimSpace(url) + "graphql"}
}

// events reads a subscription until it breaks off, and returns the cursor of the last event.
func events(ctx context.Context, url, last string, each func(name string)) (string, error) {
	query := `subscription { changed(types: [Institution]) { of { label } } }`
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		return last, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(string(body)))
	if err != nil {
		return last, err
	}
	r.Header.Set("Accept", "text/event-stream")
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Last-Event-ID", last)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return last, err
	}
	defer response.Body.Close()
	id := ""
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), "id: "); ok {
			id = rest
		}
		rest, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var e struct {
			Data struct {
				Changed struct{ Of struct{ Label string } }
			}
			Errors []any
		}
		if err := json.Unmarshal([]byte(rest), &e); err != nil {
			return last, err
		}
		if len(e.Errors) > 0 {
			return last, fmt.Errorf("%v", e.Errors)
		}
		last = id
		each(e.Data.Changed.Of.Label)
	}
	return last, io.ErrUnexpectedEOF
}

// A subscription survives restarts of its server, by signal and by kill -9: no event is
// missed and none is told twice, while another process writes.
func TestSubscriptionSurvivesRestarts(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { survivesRestarts(t, "sqlite:"+filepath.Join(t.TempDir(), "s.db")) })
	t.Run("neo4j", func(t *testing.T) { survivesRestarts(t, servertest.Use(t).URI()) })
}

func survivesRestarts(t *testing.T, url string) {
	const restarts, total = 4, 200
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	c := cli{Store: url}
	c.Neo4j.User, c.Neo4j.ConnectTimeout, c.Neo4j.AcquireTimeout = "neo4j", time.Minute, time.Minute
	store, _, err := c.connect(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	at := spawn(t, url)
	var writing sync.WaitGroup
	defer writing.Wait()
	heard := 0
	var progress atomic.Int64
	writing.Go(func() {
		for i := range total {
			name := fmt.Sprint(i)
			change := graph.Change{Op: graph.CreateNode, Label: "Institution", ID: name, Props: map[string]any{"name": name}}
			if _, err := store.Apply(ctx, "tester", []graph.Change{change}); err != nil {
				t.Error(err)
				return
			}
			for int64(i-total/4) > progress.Load() && ctx.Err() == nil { // so that writes go on until the last restart
				time.Sleep(time.Millisecond)
			}
		}
	})
	// From the very beginning, so that it does not matter who is first.
	last, restarted := graph.LogCursor(0), 0
	for heard < total && ctx.Err() == nil {
		connection, broke := context.WithCancel(ctx)
		last, err = events(connection, at.url, last, func(name string) {
			if name != fmt.Sprint(heard) {
				t.Errorf("heard %s, want %d", name, heard)
			}
			if heard++; heard == total {
				broke()
			}
			progress.Store(int64(heard))
			if restarted < restarts && heard == (restarted+1)*total/(restarts+1) {
				restarted++
				stop(t, at, restarted%2 == 0)
			}
		})
		broke()
		if heard < total && !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Fatal(err)
		}
		if heard < total {
			at = spawn(t, url)
		}
	}
	if heard != total || restarted != restarts {
		t.Errorf("heard %d of %d, with %d restarts", heard, total, restarted)
	}
}

// stop ends a server, by kill -9 or as an orchestrator does.
func stop(t *testing.T, c *child, kill bool) {
	var err error
	if kill {
		err = c.cmd.Process.Kill()
	} else {
		err = c.cmd.Process.Signal(os.Interrupt)
	}
	if err != nil {
		t.Error(err)
	}
	if err := c.cmd.Wait(); err != nil && !kill {
		t.Error("a server that was asked to stop ended with ", err)
	}
}
