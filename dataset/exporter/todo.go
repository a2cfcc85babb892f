package exporter

import (
	"github.com/i-partnerschap/kennisgraaf/graph"
	"io"
)

func newCSV(w io.Writer, m *graph.Model, o Options) sink       { return nil }
func newXLSX(w io.Writer, m *graph.Model, o Options) sink      { return nil }
func newGraphML(w io.Writer, m *graph.Model, o Options) sink   { return nil }
func newCytoscape(w io.Writer, m *graph.Model, o Options) sink { return nil }
func newJSONLD(w io.Writer, m *graph.Model, o Options) sink    { return nil }
