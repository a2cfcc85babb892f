package exporter

import (
	"encoding/json"
	"io"
	"maps"
	"net/url"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// jsonld writes JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/). Themes are SKOS concepts;
// the rest has terms of its own. Of a relation with properties the statement is written
// once more as an rdf:Statement that has them.
type jsonld struct {
	elements
	model *graph.Model
}

func newJSONLD(w io.Writer, m *graph.Model, _ Options) sink {
	return &jsonld{elements: elements{w: w}, model: m}
}

// The names of nodes and terms. They are names and not addresses: this graph has no home
// on the web that it could count on.
const (
	nodeIRI = "urn:ipartnerschap:node:"
	termIRI = "urn:ipartnerschap:term:"
)

// skosTerms are the terms of the context that are SKOS and Dublin Core.
var skosTerms = map[string]any{
	"skos": "http://www.w3.org/2004/02/skos/core#", "dcterms": "http://purl.org/dc/terms/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
	"xsd": "http://www.w3.org/2001/XMLSchema#", "@vocab": termIRI, "id": "@id", "type": "@type",
	"Theme":       "skos:Concept",
	"prefLabelNl": map[string]any{"@id": "skos:prefLabel", "@language": "nl"}, "prefLabelEn": map[string]any{"@id": "skos:prefLabel", "@language": "en"},
	"altLabelsNl": map[string]any{"@id": "skos:altLabel", "@language": "nl"}, "altLabelsEn": map[string]any{"@id": "skos:altLabel", "@language": "en"},
	"BROADER": map[string]any{"@id": "skos:broader", "@type": "@id"}, "RELATED": map[string]any{"@id": "skos:related", "@type": "@id"},
	"createdAt": map[string]any{"@id": "dcterms:created", "@type": "xsd:dateTime"}, "updatedAt": map[string]any{"@id": "dcterms:modified", "@type": "xsd:dateTime"},
	"source":  "dcterms:source",
	"subject": map[string]any{"@id": "rdf:subject", "@type": "@id"}, "object": map[string]any{"@id": "rdf:object", "@type": "@id"},
	"predicate": map[string]any{"@id": "rdf:predicate", "@type": "@vocab"}, "Statement": "rdf:Statement",
}

func (j *jsonld) begin() error {
	terms := maps.Clone(skosTerms)
	for _, t := range j.model.Types {
		for _, r := range t.Relations {
			if terms[r.Hop.Type] == nil {
				terms[r.Hop.Type] = map[string]any{"@type": "@id"}
			}
		}
		for _, p := range t.Properties {
			if terms[p.Name] == nil && p.Kind == graph.Date {
				terms[p.Name] = map[string]any{"@type": "xsd:date"}
			}
		}
	}
	context, err := json.Marshal(terms)
	if err != nil {
		return err
	}
	return j.raw(`{"@context":` + string(context) + `,"@graph":[` + "\n")
}

func (j *jsonld) node(_ *graph.Type, n *graph.Node) error {
	one := maps.Clone(n.Props)
	if one == nil {
		one = map[string]any{}
	}
	one["id"], one["type"] = iri(n.ID), n.Label
	return j.element(one)
}

func (j *jsonld) edge(e graph.Edge) error {
	if err := j.element(map[string]any{"id": iri(e.From), e.Type: iri(e.To)}); err != nil || len(e.Props) == 0 {
		return err
	}
	one := maps.Clone(e.Props)
	one["type"], one["subject"], one["predicate"], one["object"] = "Statement", iri(e.From), e.Type, iri(e.To)
	return j.element(one)
}

func (j *jsonld) end() error { return j.raw("\n]}\n") }

// iri names a node.
func iri(id string) string { return nodeIRI + url.PathEscape(id) }
