// Package exporter writes a whole graph in the formats that other programs read, and in
// the exchange format, which import reads back without loss.
//
// Everything is streamed: a page of the store is in memory at a time. The order is that
// of package snapshot, so the same graph gives the same bytes whichever store it is in.
package exporter
