package graph

import "time"

// ChangeOp says what a Change does.
type ChangeOp string

// The operations of a Change.
const (
	// CreateNode makes a node; its id must be new (Conflict).
	CreateNode ChangeOp = "CREATE"
	// UpdateNode sets and removes properties of a node that must exist (NotFound).
	UpdateNode ChangeOp = "UPDATE"
	// UpsertNode creates the node or updates the one with that id, whose label must
	// be the same (Conflict).
	UpsertNode ChangeOp = "UPSERT"
	// DeleteNode removes a node that must exist. One that still has relations is a
	// Conflict unless Cascade is set; they go with it then, each with a log entry of
	// its own.
	DeleteNode ChangeOp = "DELETE"
	// Connect makes a relation between nodes that must exist (NotFound). Connecting
	// twice is one relation, whose properties are then updated. A relation without
	// direction keeps the ends as they were first given, also when it is connected
	// again the other way round.
	Connect ChangeOp = "CONNECT"
	// Disconnect removes a relation that must exist (NotFound).
	Disconnect ChangeOp = "DISCONNECT"
	// Guard changes nothing and has no log entry: it is a Conflict where the relations
	// of Type that begin at From, or with an empty From end at To, are not those of
	// Edges. With it a write can rest on relations that were read before.
	Guard ChangeOp = "GUARD"
)

// Change is one step of a write.
type Change struct {
	Op ChangeOp
	// Label and ID name the node, for the operations on nodes.
	Label, ID string
	// Type, From and To name the relation, for Connect and Disconnect.
	Type, From, To string
	// Props holds the properties to set; a nil value removes one. What is not named
	// stays as it is. Values are string, bool, int64, float64 or []string.
	Props map[string]any
	// Restore keeps the updatedAt in Props, as loading an export does, instead of
	// setting the moment of the write. It says nothing where Props has none, and
	// nothing of relations.
	Restore bool
	// Expect is the updatedAt that the node must have, for UpdateNode, UpsertNode and
	// DeleteNode: another one is a Conflict that says who changed what when. "" is any.
	Expect string
	// Cascade lets DeleteNode remove the relations of the node as well.
	Cascade bool
	// Edges holds what a Guard expects, in any order.
	Edges []Edge
}

// Receipt tells what a write did.
type Receipt struct {
	// Entries are the log entries, in the order of the changes. A change that
	// changed nothing has none.
	Entries []LogEntry
}

// LogEntry is one line of the change log.
type LogEntry struct {
	// Seq counts up without end; it is the cursor of the log.
	Seq   int64
	At    time.Time
	Actor string
	// Op is CreateNode, UpdateNode, DeleteNode, Connect, UpdateNode (on a relation: Type is set) or Disconnect.
	Op             ChangeOp
	Label, ID      string
	Type, From, To string
	// Before and After hold all properties before and after; nil where the node or
	// relation did not exist.
	Before, After map[string]any
}
