package transport

import (
	"bytes"
	"encoding/json"
	"net/url"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// example is what a message shows of a request that would be right.
const example = `{"query": "{ __typename }"}`

// fromBody reads the parameters of a POST request (the spec, section "JSON Encoding"). A name that stands twice counts
// as it stands last, and names that the spec does not know are left alone.
func fromBody(body []byte) (*graphql.RawParams, *graph.Error) {
	body = bytes.TrimLeft(body, " \t\r\n")
	switch {
	case len(body) == 0:
		return nil, bad("the request has no body; send JSON such as %s", example)
	case !utf8.Valid(body):
		return nil, bad("the body is not UTF-8; send JSON in UTF-8")
	case body[0] == '[':
		return nil, bad("the body is a list; send one operation a request, such as %s", example)
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		return nil, bad("the body is not a JSON object such as %s: %s", example, err.Error())
	}
	if fields == nil {
		return nil, bad("the body is null; send JSON such as %s", example)
	}
	return fromFields(fields)
}

// fromFields reads the parameters of a JSON object.
func fromFields(fields map[string]json.RawMessage) (*graphql.RawParams, *graph.Error) {
	raw := &graphql.RawParams{}
	for _, err := range []*graph.Error{
		readString(fields["query"], "query", &raw.Query),
		readString(fields["operationName"], "operationName", &raw.OperationName),
		readObject(fields["variables"], "variables", &raw.Variables),
		readObject(fields["extensions"], "extensions", &raw.Extensions),
	} {
		if err != nil {
			return nil, err
		}
	}
	return raw, requireQuery(raw)
}

// fromURL reads the parameters of a GET request (the spec, section "GET"); variables and extensions are JSON in a
// string.
func fromURL(rawQuery string) (*graphql.RawParams, *graph.Error) {
	values, err := url.ParseQuery(rawQuery)
	if err != nil {
		return nil, bad("the parameters in the URL could not be read: %s", err.Error())
	}
	for _, name := range []string{"query", "operationName", "variables", "extensions"} {
		if !utf8.ValidString(values.Get(name)) {
			return nil, bad("the parameter %s is not UTF-8", name)
		}
	}
	raw := &graphql.RawParams{Query: values.Get("query"), OperationName: values.Get("operationName")}
	if err := readObject([]byte(values.Get("variables")), "variables", &raw.Variables); err != nil {
		return nil, err
	}
	if err := readObject([]byte(values.Get("extensions")), "extensions", &raw.Extensions); err != nil {
		return nil, err
	}
	return raw, requireQuery(raw)
}

// requireQuery refuses a request without a document, unless it names one that was sent before: the protocol of
// automatic persisted queries.
func requireQuery(raw *graphql.RawParams) *graph.Error {
	if raw.Query == "" && raw.Extensions["persistedQuery"] == nil {
		return bad("the parameter query is missing; send a GraphQL document, such as %s", example)
	}
	return nil
}

// readString reads a parameter that must be a string, null or absent.
func readString(value json.RawMessage, name string, into *string) *graph.Error {
	if isAbsent(value) {
		return nil
	}
	if value[0] != '"' || json.Unmarshal(value, into) != nil {
		return bad("the parameter %s must be a string", name)
	}
	return nil
}

// readObject reads a parameter that must be an object, null or absent. Numbers keep the digits that they were sent
// with, so that a large ID does not lose any.
func readObject(value json.RawMessage, name string, into *map[string]any) *graph.Error {
	value = bytes.TrimSpace(value)
	if isAbsent(value) {
		return nil
	}
	if value[0] != '{' {
		return bad("the parameter %s must be a JSON object", name)
	}
	decoder := json.NewDecoder(bytes.NewReader(value))
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		return bad("the parameter %s is not a JSON object: %s", name, err.Error())
	}
	if decoder.InputOffset() != int64(len(value)) {
		return bad("the parameter %s has more behind its JSON object", name)
	}
	return nil
}

// isAbsent says whether a parameter is not there: the spec has null mean the same.
func isAbsent(value json.RawMessage) bool { return len(value) == 0 || string(value) == "null" }

// bad refuses a request for what it says.
func bad(format string, args ...any) *graph.Error {
	return graph.Errorf(graph.BadUserInput, format, args...)
}
