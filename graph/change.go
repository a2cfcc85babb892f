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
	// EraseNode removes a node with its relations and has the change log forget it. Of the
	// entries about the node and about its relations Seq, At, Op, Label and Type stay; Before
	// and After, where they are not nil, become empty, and As takes the place of the id. As
	// does so too where the id is an Actor, which stays otherwise. The same goes for Aliases.
	// Its own entries are those of DeleteNode, forgotten like the others: the last one is an
	// Erasure. A node that is gone, and of which the log still tells, can be erased as well;
	// that has one entry. One that the log does not know either is NotFound. It is the only
	// change of its write. Make one with Erase.
	EraseNode ChangeOp = "ERASE"
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
	// Expect is the updatedAt that the node must have, for UpdateNode, UpsertNode, DeleteNode
	// and EraseNode: another one is a Conflict that says who changed what when, and a node
	// that is gone has none (NotFound). "" is any.
	Expect string
	// Cascade lets DeleteNode remove the relations of the node as well.
	Cascade bool
	// Edges holds what a Guard expects, in any order.
	Edges []Edge
	// As is the pseudonym that an EraseNode leaves in the log, an id that nothing has.
	As string
	// Aliases are further ids under which the log knows an erased node: those of nodes that
	// were merged into it. Each gets a pseudonym of its own, see Pseudonyms. Where another
	// node has the id by now, the log forgets what it tells up to the last deletion of a node
	// with that id.
	Aliases []string
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
	// Op is CreateNode, UpdateNode, DeleteNode, Connect, UpdateNode (on a relation: Type is set) or Disconnect. That of
	// an EraseNode is DeleteNode: see Erasure.
	Op             ChangeOp
	Label, ID      string
	Type, From, To string
	// Before and After hold all properties before and after; nil where the node or
	// relation did not exist, and empty where it was erased.
	Before, After map[string]any
}
