package lookahead

import (
	"encoding/json"
	"io"
)

// Input stands for every input object. Its fields are read from the query itself,
// where gqlgen has already checked them against the schema, because only there are
// the arguments of nested fields to be had.
type Input map[string]any

// UnmarshalGQL takes the object as it is.
func (i *Input) UnmarshalGQL(v any) error {
	*i, _ = v.(map[string]any)
	return nil
}

// MarshalGQL writes the object as JSON.
func (i Input) MarshalGQL(w io.Writer) {
	// A failing writer is the connection's concern: the response cannot tell of it.
	_ = json.NewEncoder(w).Encode(map[string]any(i))
}

// Number reads a number of an Input; ok is false where there is none.
func Number(v any) (n float64, ok bool) {
	n, err := number(v)
	return n, err == nil
}
