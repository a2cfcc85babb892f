package graph

// All asks for every row, without a page limit. The API never passes it on from
// outside; matching, reports and exports use it.
const All = -1

// Query is one read: a Selection, and the day whose network it should show.
type Query struct {
	Root *Selection
	// AsOf is a Date. Where it is set, only relations that held on that day exist:
	// since ≤ AsOf ≤ until, an absent bound being open. "" means at any time.
	AsOf string
}

// Selection asks for nodes. One tree holds a whole request.
type Selection struct {
	// Labels are the node types wanted; more than one for an interface or union, and
	// none finds nothing.
	Labels []string
	// Props are the properties to return. A property that a node does not have is
	// left out of its Props. The id and the label are always returned.
	Props []string
	// Where keeps the nodes for which it holds; nil keeps all.
	Where Filter
	// Edge keeps the relations for which it holds, judged by the relation's own
	// properties; nil keeps all. Only in a Link.
	Edge Filter
	// EdgeProps are the relation's own properties to return. Only in a Link.
	EdgeProps []string
	// Order sorts the rows. The node's id always breaks the remaining ties, ascending.
	Order []Order
	// Page cuts the rows, per parent in a Link.
	Page Page
	// Count asks for the number of rows before the page was cut.
	Count bool
	// Aggregates group the rows before the page was cut.
	Aggregates []Aggregate
	// Links lead on from each row.
	Links []Link
}

// Link follows a relation from each node of the Selection that holds it.
type Link struct {
	// Key is where the result is stored in Node.Links, unique in the Selection.
	Key string
	// On limits the link to nodes with one of these labels; empty means all.
	On []string
	// Hop is the relation to follow. Its Labels equal those of the Selection.
	Hop Hop
	// One marks a relation that leads to one node at most. Of several relations the
	// one with the latest since is taken (an absent since is the earliest), then
	// the one with the lowest node id. Page, Order, Count and Aggregates do not apply.
	One bool
	*Selection
}

// Direction of a relation as seen from the node it is followed from.
type Direction int

// The directions. Under Both a pair that is connected in both directions is one
// relation, of which the outgoing one counts; a self-loop is one relation.
const (
	Out Direction = iota
	In
	Both
)

// String returns OUT, IN or BOTH.
func (d Direction) String() string { return [...]string{"OUT", "IN", "BOTH"}[d] }

// Hop is one step over a relation.
type Hop struct {
	// Type is the relation's type, such as PART_OF.
	Type      string
	Direction Direction
	// Labels are the node types that count on the far side.
	Labels []string
}

// Page cuts a list of rows.
type Page struct {
	// Limit is the highest number of rows; 0 asks for none, All for every row.
	Limit int
	// Backward takes the last rows before Before instead of the first after After.
	// Rows are returned in the same order either way.
	Backward bool
	// After and Before bound the page, exclusively. nil means open. Each holds one
	// value per Order and the id.
	After, Before Cursor
}

// Result is what a Selection yields.
type Result struct {
	Rows []Row
	// More tells that rows exist beyond the page, in the direction of travel.
	More bool
	// Count is the number of rows before the page was cut, where it was asked for.
	Count int64
	// Groups holds the groups by Aggregate.Key, sorted as SortGroups does.
	Groups map[string][]Group
}

// Row is one node in a result, with the relation that led to it.
type Row struct {
	Node *Node
	// Edge holds the relation's own properties that were asked for.
	Edge map[string]any
	// Cursor marks the row's place: a value per Order, then the id.
	Cursor Cursor
}

// Node is a node as one Selection saw it: two selections of the same node are two Nodes.
type Node struct {
	ID, Label string
	// Props holds string, bool, int64, float64 or []string; what is absent has no key.
	Props map[string]any
	// Links holds the results by Link.Key.
	Links map[string]*Result
}
