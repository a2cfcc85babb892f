package importer

import "github.com/i-partnerschap/kennisgraaf/graph"

// record is a node or relation as a file states it.
type record struct {
	graph.Change
	// line is where it stands in its file; 0 where the format does not tell.
	line int
	// byKey says that the record is the node that has its external keys, such as ror or
	// doi: where the store has one, ID stands for that node's id, in relations too.
	byKey bool
	// fresh holds the properties that only a new node gets: what is worth having where
	// there is nothing, but no reason to change what was curated.
	fresh map[string]any
	// lacks holds what is missing in a new node, a property and what to say of it.
	lacks []string
	// optional leaves a relation out, without a fault, where one of its ends is unknown.
	optional bool
}
