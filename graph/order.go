package graph

// Order is one sort key. Exactly one of Prop, Count and Relevance is set. Text is
// compared by code point, false comes before true, enums sort as text. A list
// property cannot be sorted by.
type Order struct {
	// Via are the relations to one node that lead to the property; of several
	// relations the same one counts as in a Link with One set.
	Via []Hop
	// Prop is the property to sort by, "id" for the node's id.
	Prop string
	Kind Kind
	// Edge takes Prop from the relation itself instead of from the node.
	Edge bool
	// Required says that the property is never absent, which lets a store use an index.
	Required bool
	// Count sorts by the number of relations.
	Count *Hop
	// Relevance sorts by how well the text matches: higher is better and a node
	// that does not match has 0.
	Relevance *Matches
	Desc      bool
	// NullsFirst puts rows without a value first. They come last otherwise,
	// whatever the direction.
	NullsFirst bool
}
