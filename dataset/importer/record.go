package importer

import "github.com/i-partnerschap/kennisgraaf/graph"

// record is a node or relation as a file states it.
type record struct {
	graph.Change
	// line is where it stands in its file; 0 where the format does not tell.
	line int
	// key is the property whose value names the node outside this graph, such as ror or
	// doi, "" for none. Where the store has a node with that value, it is that node that
	// is meant, and the record's ID stands for its id, in relations too.
	key string
	// fresh holds the properties that only a new node gets: what is worth having where
	// there is nothing, but no reason to change what was curated.
	fresh map[string]any
	// lacks holds the required properties that are in neither; only a node that is there
	// already can do without.
	lacks []string
	// optional leaves a relation out, without a fault, where one of its ends is unknown.
	optional bool
}
