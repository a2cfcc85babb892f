package limits

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/web/apierror"
)

// What introspection may ask. The standard query of GraphiQL 5 holds 2 levels of lists and a few hundred fields; two
// levels more would be an answer of millions of objects.
const (
	introspectionFields    = 1000
	introspectionTypeLists = 2
)

// Document is a gqlgen extension that counts what a document holds before gqlgen validates it. It parses a document a
// second time, unless Known has it: only documents that passed before are in that cache.
type Document struct {
	Limits Limits
	Known  graphql.Cache[*ast.QueryDocument]
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
} = Document{}

// ExtensionName names the extension in gqlgen's messages.
func (Document) ExtensionName() string { return "DocumentLimits" }

// Validate refuses limits that make no sense.
func (d Document) Validate(graphql.ExecutableSchema) error { return d.Limits.Validate() }

// MutateOperationParameters refuses a document or variables that are too large; it changes nothing.
func (d Document) MutateOperationParameters(ctx context.Context, raw *graphql.RawParams) *gqlerror.Error {
	if err := d.Limits.CheckVariables(raw.Variables); err != nil {
		return err
	}
	if d.Known != nil {
		if doc, known := d.Known.Get(ctx, raw.Query); known {
			return checkChoice(doc, raw.OperationName)
		}
	}
	if err := d.Limits.checkTokens(raw.Query); err != nil {
		return err
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: raw.Query}, d.Limits.Tokens)
	if err != nil {
		return parseError(err)
	}
	if err := d.Limits.checkDocument(doc); err != nil {
		return err
	}
	return checkChoice(doc, raw.OperationName)
}

// checkTokens counts the tokens of a document up to the limit. What the lexer cannot read is left for the parser.
func (l Limits) checkTokens(query string) *gqlerror.Error {
	scanner := lexer.New(&ast.Source{Input: query})
	for range l.Tokens {
		token, err := scanner.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return nil
		}
	}
	if token, err := scanner.ReadToken(); err != nil || token.Kind == lexer.EOF {
		return nil
	}
	return tooComplex("the document has more than %d tokens, the most that is allowed; put long lists of values in variables",
		l.Tokens)
}

// checkDocument counts every definition of a document: validation reads them all, whichever runs.
func (l Limits) checkDocument(doc *ast.QueryDocument) *gqlerror.Error {
	if count := len(doc.Operations); count > l.Operations {
		return tooComplex("the document has %d operations; at most %d are allowed", count, l.Operations)
	}
	c, repeated := newCounter(doc)
	if repeated != "" {
		return wrong("There can be only one fragment named %q.", repeated)
	}
	for _, op := range doc.Operations {
		if err := l.checkTally(c.operation(op), operationTitle(op)); err != nil {
			return err
		}
	}
	for _, fragment := range doc.Fragments {
		if _, used := c.done[fragment.Name]; used {
			continue // counted where it is spread, which tells whether it belongs to introspection
		}
		if err := l.checkTally(c.fragment(fragment.Name), "fragment "+fragment.Name); err != nil {
			return err
		}
	}
	if c.cycle != "" {
		return wrong("Cannot spread fragment %q within itself.", c.cycle)
	}
	return l.checkRoots(doc, c)
}

// checkRoots counts the fields at the root of each operation. The fragments have no cycles.
func (l Limits) checkRoots(doc *ast.QueryDocument, c *counter) *gqlerror.Error {
	done := map[string]int{}
	for _, op := range doc.Operations {
		roots := c.rootFields(op.SelectionSet, done)
		if op.Operation == ast.Subscription && roots != 1 { // GraphQL, section 5.2.4.1
			return wrong("the %s has %d fields at its root; a subscription has one", operationTitle(op), roots)
		}
		if roots > l.RootFields {
			return tooComplex("the %s has %d fields at its root; at most %d are allowed", operationTitle(op), roots, l.RootFields)
		}
	}
	return nil
}

// checkTally compares the count of one definition with the limits.
func (l Limits) checkTally(t tally, what string) *gqlerror.Error {
	for _, check := range []struct {
		count, most int
		unit        string
	}{
		{t.depth, l.Depth, "levels of fields"},
		{t.fields, l.Fields, "fields"},
		{t.aliases, l.Aliases, "aliases"},
		{t.directives, l.Directives, "directives"},
		{t.inputDepth, l.InputDepth, "levels of lists and objects in an argument"},
		{t.introspection.fields, introspectionFields, "fields of introspection"},
		{t.introspection.typeLists, introspectionTypeLists, "levels of lists of types in introspection"},
	} {
		switch {
		case check.count >= ceiling:
			return tooComplex("the %s, with its fragments written out, has more %s than can be counted; at most %d are allowed",
				what, check.unit, check.most)
		case check.count > check.most:
			return tooComplex("the %s, with its fragments written out, has %d %s; at most %d are allowed",
				what, check.count, check.unit, check.most)
		}
	}
	return nil
}

// operationTitle is how a message names an operation.
func operationTitle(op *ast.OperationDefinition) string {
	if op.Name == "" {
		return string(op.Operation)
	}
	return string(op.Operation) + " " + op.Name
}

// checkChoice says which operations there are when the request does not name one of them. GraphQL, section 6.1.
func checkChoice(doc *ast.QueryDocument, name string) *gqlerror.Error {
	names := make([]string, 0, len(doc.Operations))
	for _, op := range doc.Operations {
		if op.Name == name || (name == "" && len(doc.Operations) == 1) {
			return nil
		}
		names = append(names, op.Name)
	}
	switch {
	case len(names) == 0:
		return wrong("the document holds no operation; it needs a query, a mutation or a subscription")
	case name == "":
		return wrong("the document holds %d operations: say in operationName which one to run (%s)",
			len(names), strings.Join(names, ", "))
	default:
		return wrong("the document holds no operation %q; it holds %s", name, strings.Join(names, ", "))
	}
}

// parseError passes on what the parser says: it is about the caller's own text.
func parseError(err error) *gqlerror.Error {
	out := wrong("the document could not be read")
	out.Err = graph.Wrap(graph.BadUserInput, err, "%s", out.Message)
	if parsed, ok := err.(*gqlerror.Error); ok {
		out = apierror.From(graph.Errorf(graph.BadUserInput, "%s", parsed.Message))
		out.Locations = parsed.Locations
	}
	return out
}
