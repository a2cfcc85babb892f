package neo4j

import (
	"context"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
)

// statement is one statement to send.
type statement struct {
	text   string
	params map[string]any
	// timeout ends it sooner than the context does; 0 does not.
	timeout time.Duration
	// own marks a statement that keeps the schema, on behalf of nobody.
	own bool
}

// read sends a statement that reads, as an auto-commit transaction, and calls each with
// the values of its records once all have arrived. It is sent again after a passing error.
func (s *Store) read(ctx context.Context, st statement, each func([]any) error) error {
	_, err := s.readAt(ctx, st, each)
	return err
}

// readAt is read that returns the state that the answer came with, a bookmark; see memory.
func (s *Store) readAt(ctx context.Context, st statement, each func([]any) error) (state string, err error) {
	var records []*neo4j.Record
	err = s.retried(ctx, func() (err error) {
		records, state, err = s.send(ctx, neo4j.AccessModeRead, st)
		return err
	})
	if err != nil {
		return "", mapError(ctx, err)
	}
	s.memory.see(state)
	for _, r := range records {
		if err := each(r.Values); err != nil {
			return "", err
		}
	}
	return state, nil
}

// send sends a statement once, in a transaction of its own, and returns its bookmark too.
func (s *Store) send(ctx context.Context, mode neo4j.AccessMode, st statement) ([]*neo4j.Record, string, error) {
	session := s.session(ctx, mode)
	// What a session still holds goes back to the pool whether the context is over or not.
	defer func() { _ = session.Close(context.WithoutCancel(ctx)) }()
	limit, err := s.timeLimit(ctx, st.timeout)
	if err != nil {
		return nil, "", err
	}
	if !st.own {
		s.options.OnStatement(st.text)
	}
	result, err := session.Run(ctx, st.text, native(st.params), neo4j.WithTxTimeout(limit))
	if err != nil {
		return nil, "", err
	}
	records, err := result.Collect(ctx)
	return records, strings.Join(session.LastBookmarks(), " "), err
}

func (s *Store) session(ctx context.Context, mode neo4j.AccessMode) neo4j.SessionWithContext {
	return s.driver.NewSession(ctx, neo4j.SessionConfig{
		AccessMode: mode, DatabaseName: s.options.Database, BookmarkManager: s.bookmarks,
	})
}

// timeLimit returns how long the server may work on a transaction, so that it stops by
// itself when nobody waits any more.
func (s *Store) timeLimit(ctx context.Context, timeout time.Duration) (time.Duration, error) {
	limit := s.options.QueryTimeout
	if deadline, ok := ctx.Deadline(); ok {
		limit = time.Until(deadline)
	}
	if timeout > 0 {
		limit = min(limit, timeout)
	}
	if limit <= 0 {
		return 0, context.DeadlineExceeded
	}
	return max(limit, time.Millisecond), nil
}

// The pauses before a statement is sent again.
const (
	firstPause = 40 * time.Millisecond
	pauseGrows = 2
)

// retried calls f until it succeeds, fails for good, or was tried often enough.
func (s *Store) retried(ctx context.Context, f func() error) error {
	pause := firstPause
	for try := 0; ; try++ {
		err := f()
		if err == nil || try >= s.options.Retries || !neo4j.IsRetryable(err) || outOfMemory(err) || ctx.Err() != nil {
			return err
		}
		// Spread, so that those who failed together do not come back together.
		timer := time.NewTimer(pause/2 + rand.N(pause))
		select {
		case <-ctx.Done():
			timer.Stop()
			return mapError(context.WithoutCancel(ctx), err) // it had failed before its time was over
		case <-timer.C:
		}
		pause *= pauseGrows
	}
}

// native turns the parameters of package cypher into what the driver sends.
func native(params map[string]any) map[string]any {
	for name, v := range params {
		switch v := v.(type) {
		case cypher.Day:
			params[name] = neo4j.DateOf(time.Time(v))
		case []any:
			for i := range v {
				if day, ok := v[i].(cypher.Day); ok {
					v[i] = neo4j.DateOf(time.Time(day))
				}
			}
		}
	}
	return params
}
