package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"syscall"
	"time"
)

// The bounds of a connection. The longest query (limits.Time, 10 s by default) plus reading it and writing its answer
// must fit writeTimeout. A stream lifts its own write deadline with http.ResponseController.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 30 * time.Second
	writeTimeout      = 2 * time.Minute
	idleTimeout       = 2 * time.Minute
	maxHeaderBytes    = 64 << 10
	drainTimeout      = 15 * time.Second
)

// Serve answers requests on addr until ctx ends; then it takes no more, lets those under way finish for a bounded
// time, and returns nil. ready, if not nil, is called with the address once connections are accepted.
func Serve(ctx context.Context, addr string, handler http.Handler, log *slog.Logger, ready func(net.Addr)) error {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", addr)
	if err != nil {
		return listenError(addr, err)
	}
	draining, drain := context.WithCancel(context.Background())
	defer drain()
	// Requests do not end with ctx: those under way may finish.
	var held sync.WaitGroup
	base, stop := context.WithCancel(context.WithValue(context.WithoutCancel(ctx), drainKey{}, drainer{draining.Done(), &held}))
	defer stop()
	server := &http.Server{
		Handler:           handler,
		BaseContext:       func(net.Listener) context.Context { return base },
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	if ready != nil {
		ready(listener.Addr())
	}
	select {
	case err := <-failed:
		return fmt.Errorf("the server on %s stopped: %w", addr, err)
	case <-ctx.Done():
	}
	drain()
	err = shutdown(server, &held, stop, log)
	<-failed
	return err
}

// shutdown lets requests finish, and cuts off those that take too long.
func shutdown(server *http.Server, held *sync.WaitGroup, stop context.CancelFunc, log *slog.Logger) error {
	log.Info("stopping: letting requests finish", "at most", drainTimeout)
	ctx, cancel := context.WithTimeout(context.Background(), drainTimeout)
	defer cancel()
	err := server.Shutdown(ctx)
	released := make(chan struct{})
	go func() {
		held.Wait()
		close(released)
	}()
	select {
	case <-released:
	case <-ctx.Done():
		err = errors.Join(err, ctx.Err())
	}
	stop()
	if errors.Is(err, context.DeadlineExceeded) {
		log.Warn("some requests did not finish in time and were cut off")
		err = server.Close()
	}
	<-released // their context has ended
	return err
}

type drainKey struct{}

// drainer is what a request can know of the server around it.
type drainer struct {
	done <-chan struct{}
	held *sync.WaitGroup
}

// Draining returns a channel that closes when the server begins to stop. A stream ends when it does, so that stopping
// need not wait for it. Outside Serve the channel never closes.
func Draining(ctx context.Context) <-chan struct{} {
	d, _ := ctx.Value(drainKey{}).(drainer)
	return d.done
}

// Hold has Serve wait, when it stops, until release is called. Call it for a connection that was taken over from
// net/http, which no longer knows of it. Outside Serve it does nothing.
func Hold(ctx context.Context) (release func()) {
	d, ok := ctx.Value(drainKey{}).(drainer)
	if !ok {
		return func() {}
	}
	d.held.Add(1)
	return d.held.Done
}

// listenError says what to do about an address that cannot be listened on.
func listenError(addr string, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("another program listens on %s already: stop it, or choose another port with --addr: %w", addr, err)
	case errors.Is(err, os.ErrPermission):
		return fmt.Errorf("no permission to listen on %s: choose a port above 1023 with --addr: %w", addr, err)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fmt.Errorf("%s is not an address of this machine: choose another with --addr: %w", addr, err)
	default:
		return fmt.Errorf("cannot listen on %s (--addr): %w", addr, err)
	}
}
