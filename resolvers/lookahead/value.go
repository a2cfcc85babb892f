package lookahead

import (
	"encoding/json"
	"io"

	"github.com/99designs/gqlgen/graphql"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// MarshalValue writes a value of the scalar Value: a text, number or boolean.
func MarshalValue(v any) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		text, err := json.Marshal(v)
		if err != nil {
			text = []byte("null") // NaN or infinity, which JSON cannot hold
		}
		// A failing writer is the connection's concern: the response cannot tell of it.
		_, _ = w.Write(text)
	})
}

// UnmarshalValue refuses: no argument is of that type.
func UnmarshalValue(any) (any, error) {
	return nil, graph.Errorf(graph.BadUserInput, "a Value cannot be given")
}
