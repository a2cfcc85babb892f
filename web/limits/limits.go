// Package limits keeps one query from taking more than its share. What can be counted without the schema is counted
// before gqlgen validates the document (Document), since validation itself can be made expensive; what needs variables
// and types is counted after it and before any resolver runs (Cost); and what remains is bounded in time (Timeout).
//
// Every count follows fragments and counts each fragment once, whatever the number of places that spread it: a count
// that walks the spreads is exponential in the size of the document.
package limits

import (
	"fmt"
	"time"
)

// Limits says how much one request may ask. The tags make it a group of command-line flags for kong:
//
//	Limits limits.Limits `embed:"" prefix:"limit-" group:"Limits"`
type Limits struct {
	PageDefault int `default:"20" env:"IPG_LIMIT_PAGE_DEFAULT" help:"Page size where a query names none."`
	PageMax     int `default:"1000" env:"IPG_LIMIT_PAGE_MAX" help:"Largest page that a query may ask for."`

	Cost        int `default:"10000" env:"IPG_LIMIT_COST" help:"Nodes that one operation may ask for at most: page sizes multiply down the levels."`
	Depth       int `default:"15" env:"IPG_LIMIT_DEPTH" help:"Levels of fields in an operation. Introspection is not counted."`
	Fields      int `default:"500" env:"IPG_LIMIT_FIELDS" help:"Fields in an operation, fragments written out."`
	RootFields  int `default:"30" env:"IPG_LIMIT_ROOT_FIELDS" help:"Fields at the root of an operation."`
	Aliases     int `default:"30" env:"IPG_LIMIT_ALIASES" help:"Aliases in an operation, fragments written out."`
	Directives  int `default:"50" env:"IPG_LIMIT_DIRECTIVES" help:"Directives in an operation, fragments written out."`
	Operations  int `default:"10" env:"IPG_LIMIT_OPERATIONS" help:"Operations in a document."`
	Tokens      int `default:"3000" env:"IPG_LIMIT_TOKENS" help:"Tokens in a document, comments included."`
	InputDepth  int `default:"50" env:"IPG_LIMIT_INPUT_DEPTH" help:"Levels of lists and objects in an argument or a variable."`
	InputValues int `default:"10000" env:"IPG_LIMIT_INPUT_VALUES" help:"Values in the variables of a request."`

	TableRows        int           `default:"100000" env:"IPG_LIMIT_TABLE_ROWS" help:"Rows in a table (CSV or XLSX). A larger one is refused, or breaks off there where its size is not known at the start."`
	BodyBytes        int64         `default:"262144" env:"IPG_LIMIT_BODY_BYTES" help:"Bytes in the body of a request."`
	Time             time.Duration `default:"10s" env:"IPG_LIMIT_TIME" help:"Time that a query or mutation may take. Subscriptions are not bound by it."`
	Streams          int           `default:"5000" env:"IPG_LIMIT_STREAMS" help:"WebSockets and event streams that may be open."`
	Subscriptions    int           `default:"50" env:"IPG_LIMIT_SUBSCRIPTIONS" help:"Operations that may run on one WebSocket."`
	AllSubscriptions int           `default:"10000" env:"IPG_LIMIT_ALL_SUBSCRIPTIONS" help:"Operations that may run on all streams."`
	StreamWindow     int           `default:"4096" env:"IPG_LIMIT_STREAM_WINDOW" help:"Changes that a subscription may be behind before it is cut off."`
	StreamWrite      time.Duration `default:"10s" env:"IPG_LIMIT_STREAM_WRITE" help:"Time that a client may take to receive one message of a stream."`

	Errors int `default:"20" env:"IPG_LIMIT_ERRORS" help:"Errors in an answer; it says how many were left out."`
}

// Default returns the limits that hold where nothing is configured; a test holds them equal to the tags.
func Default() Limits {
	return Limits{
		PageDefault: 20, PageMax: 1000,
		Cost: 10_000, Depth: 15, Fields: 500, RootFields: 30, Aliases: 30, Directives: 50, Operations: 10, Tokens: 3000,
		InputDepth: 50, InputValues: 10_000,
		TableRows: 100_000, BodyBytes: 256 << 10, Time: 10 * time.Second, Errors: 20,
		Streams: 5000, Subscriptions: 50, AllSubscriptions: 10_000, StreamWindow: 4096, StreamWrite: 10 * time.Second,
	}
}

// maxDepth is what the walks over a document are safe with: they recurse, and the parser stops at this depth too.
const maxDepth = 1000

// Validate reports a limit that makes no sense. kong calls it after it has read the flags.
func (l Limits) Validate() error {
	for _, limit := range []struct {
		name  string
		value int64
	}{
		{"page-default", int64(l.PageDefault)}, {"page-max", int64(l.PageMax)}, {"cost", int64(l.Cost)},
		{"depth", int64(l.Depth)}, {"fields", int64(l.Fields)}, {"root-fields", int64(l.RootFields)},
		{"aliases", int64(l.Aliases)}, {"directives", int64(l.Directives)}, {"operations", int64(l.Operations)},
		{"tokens", int64(l.Tokens)}, {"input-depth", int64(l.InputDepth)}, {"input-values", int64(l.InputValues)},
		{"table-rows", int64(l.TableRows)}, {"body-bytes", l.BodyBytes}, {"time", int64(l.Time)}, {"errors", int64(l.Errors)},
		{"streams", int64(l.Streams)}, {"subscriptions", int64(l.Subscriptions)}, {"all-subscriptions", int64(l.AllSubscriptions)},
		{"stream-window", int64(l.StreamWindow)}, {"stream-write", int64(l.StreamWrite)},
	} {
		if limit.value < 1 {
			return fmt.Errorf("the limit %s must be more than zero", limit.name)
		}
	}
	if l.PageDefault > l.PageMax {
		return fmt.Errorf("the limit page-default (%d) must not be more than page-max (%d)", l.PageDefault, l.PageMax)
	}
	if l.Depth > maxDepth || l.InputDepth > maxDepth {
		return fmt.Errorf("the limits depth and input-depth must be at most %d", maxDepth)
	}
	return nil
}
