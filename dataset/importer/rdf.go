package importer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"

	"github.com/knakk/rdf"
	"github.com/piprate/json-gold/ld"
)

// turtlePlace is how the Turtle reader begins an error: line and column.
var turtlePlace = regexp.MustCompile(`^(\d+):(\d+): (.*)`)

// readTurtle reads SKOS in Turtle. N-Triples are Turtle too.
func readTurtle(in *input) error {
	counting := &lineCounter{in: in.text}
	dec := rdf.NewTripleDecoder(counting, rdf.Turtle)
	all := newConcepts(in)
	for {
		if err := in.ctx.Err(); err != nil {
			return err
		}
		t, err := dec.Decode()
		if errors.Is(err, io.EOF) {
			return all.finish()
		}
		if err != nil {
			line, column, message := counting.lines+1, "", err.Error()
			if m := turtlePlace.FindStringSubmatch(message); m != nil {
				line, _ = strconv.Atoi(m[1])
				column, message = "byte "+m[2], m[3]
			}
			in.fail(line, column, "the Turtle cannot be read: %s; the rest of the file was not read", clip(message))
			return nil
		}
		one := triple{subject: t.Subj.String(), predicate: t.Pred.String(), object: t.Obj.String(), isIRI: t.Obj.Type() != rdf.TermLiteral}
		if literal, ok := t.Obj.(rdf.Literal); ok {
			one.language = literal.Lang()
		}
		if all.add(one); len(all.order) > maxConcepts {
			in.fail(0, "", "the file holds more than %d concepts; split it", maxConcepts)
			return nil
		}
	}
}

// maxJSONLD is the greatest size of a JSON-LD file, which is held in memory, in bytes.
const maxJSONLD = 64 << 20

// noRemote refuses contexts from the internet: an import reads the files that it is given.
type noRemote struct{}

// LoadDocument implements ld.DocumentLoader.
func (noRemote) LoadDocument(address string) (*ld.RemoteDocument, error) {
	return nil, ld.NewJsonLdError(ld.LoadingRemoteContextFailed, fmt.Sprintf("%s would have to be fetched; write the context out in the file", address))
}

// readJSONLD reads SKOS in JSON-LD.
func readJSONLD(in *input) error {
	body, err := io.ReadAll(io.LimitReader(in.text, maxJSONLD+1))
	if err != nil {
		in.unreadable(err)
		return nil
	}
	if len(body) > maxJSONLD {
		in.fail(0, "", "JSON-LD of more than %d bytes is not read; write it as Turtle", maxJSONLD)
		return nil
	}
	if !validText(body) {
		in.fail(1, "", "%s", notUTF8)
		return nil
	}
	var document any
	if err := json.Unmarshal(body, &document); err != nil {
		line := 1
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			line += bytes.Count(body[:min(int(syntax.Offset), len(body))], []byte("\n"))
		}
		in.fail(line, "", "the JSON is broken: %v", err)
		return nil
	}
	dataset, err := toRDF(document)
	if err != nil {
		in.fail(1, "", "the JSON-LD cannot be read: %s", clip(err.Error()))
		return nil
	}
	all := newConcepts(in)
	for _, q := range dataset.GetQuads("@default") {
		one := triple{subject: q.Subject.GetValue(), predicate: q.Predicate.GetValue(), object: q.Object.GetValue(), line: 0, isIRI: true}
		if literal, ok := q.Object.(*ld.Literal); ok {
			one.language, one.isIRI = literal.Language, false
		}
		if literal, ok := q.Object.(ld.Literal); ok {
			one.language, one.isIRI = literal.Language, false
		}
		all.add(one)
	}
	return all.finish()
}

// toRDF turns JSON-LD into statements. The library panics on some documents that are none.
func toRDF(document any) (set *ld.RDFDataset, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("it is no JSON-LD: %v", p)
		}
	}()
	options := ld.NewJsonLdOptions("")
	options.DocumentLoader = noRemote{}
	out, err := ld.NewJsonLdProcessor().ToRDF(document, options)
	if err != nil {
		return nil, err
	}
	set, ok := out.(*ld.RDFDataset)
	if !ok {
		return nil, errors.New("it holds no statements")
	}
	return set, nil
}
