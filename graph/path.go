package graph

import (
	"slices"
	"strings"
)

// PathQuery asks for the shortest connections between two nodes. Relations are
// followed in either direction.
type PathQuery struct {
	// From and To are node ids. An unknown one is a NotFound error; From = To is BadUserInput.
	From, To string
	// MaxHops is the greatest length of a path, Limit the highest number of paths.
	MaxHops, Limit int
	// Labels limits the nodes in between to these types; empty means all.
	Labels []string
	// Relations limits the relation types; empty means all.
	Relations []string
	AsOf      string
}

// Path is a connection between two nodes that visits no node twice.
type Path struct {
	// Nodes holds the ids from From to To, Steps the relations between them.
	Nodes []string
	Steps []Edge
}

// Edge is one relation between two nodes.
type Edge struct {
	Type     string
	From, To string
	// Props holds the relation's own properties.
	Props map[string]any
}

// ComparePaths orders paths: the shorter first, then by the ids of the nodes, then
// by the relation types, then outgoing before incoming. Between the same two nodes each relation makes
// a path of its own.
func ComparePaths(a, b Path) int {
	if c := len(a.Nodes) - len(b.Nodes); c != 0 {
		return c
	}
	if c := slices.Compare(a.Nodes, b.Nodes); c != 0 {
		return c
	}
	return slices.CompareFunc(a.Steps, b.Steps, func(x, y Edge) int {
		if c := strings.Compare(x.Type, y.Type); c != 0 {
			return c
		}
		// The nodes are equal here, so a different From means the other direction.
		i := slices.IndexFunc(a.Steps, func(e Edge) bool { return e.Type == x.Type && e.From == x.From && e.To == x.To })
		if x.From == y.From {
			return 0
		}
		if x.From == a.Nodes[i] {
			return -1
		}
		return 1
	})
}

// NeighbourhoodQuery asks for what lies around a node.
type NeighbourhoodQuery struct {
	// ID is the node in the middle; an unknown one is a NotFound error.
	ID string
	// Hops is the greatest distance, Limit the highest number of nodes, the one in
	// the middle included.
	Hops, Limit int
	Labels      []string
	Relations   []string
	AsOf        string
}

// Subgraph is a set of nodes and the relations among them.
type Subgraph struct {
	// Nodes holds ids with their distance, the most relevant first: the nearest,
	// among these the ones with the most relations to nodes one step nearer, then by id.
	Nodes []Neighbour
	// Edges holds every relation among Nodes, by From, To and Type.
	Edges []Edge
	// More tells that nodes were left out because of Limit.
	More bool
}

// Neighbour is a node at a distance.
type Neighbour struct {
	ID       string
	Distance int
}

// CompareEdges orders relations by From, To and Type.
func CompareEdges(a, b Edge) int {
	if c := strings.Compare(a.From, b.From); c != 0 {
		return c
	}
	if c := strings.Compare(a.To, b.To); c != 0 {
		return c
	}
	return strings.Compare(a.Type, b.Type)
}
