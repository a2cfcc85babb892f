package graph

// Filter is a condition on a node, or on a relation's own properties. It is one of
// And, Or, Not, Compare, Related, Matches, Within, Near and HasLabel.
//
// Logic is two-valued: a condition holds or it does not, also where a property is
// absent. Not is plain negation.
type Filter interface{ isFilter() }

// And holds where all hold; the empty And always holds.
type And []Filter

// Or holds where one holds; the empty Or never does.
type Or []Filter

// Not holds where its Filter does not.
type Not struct{ Filter Filter }

// Op is a comparison.
type Op string

// The comparisons. Where the property is absent, Eq, In, the ranges and the text
// operators do not hold, Ne and NotIn hold (they negate Eq and In), and IsNull
// compares that absence with its value. In with no values never holds, NotIn with
// none always does. Text operators compare Fold-ed text; Eq, In and the ranges
// compare text by code point, and numbers by value whatever their kind.
const (
	Eq         Op = "eq"
	Ne         Op = "ne"
	OneOf      Op = "in"
	NotIn      Op = "notIn"
	Lt         Op = "lt"
	Lte        Op = "lte"
	Gt         Op = "gt"
	Gte        Op = "gte"
	Contains   Op = "contains"
	StartsWith Op = "startsWith"
	EndsWith   Op = "endsWith"
	IsNull     Op = "isNull"
	// Has holds where a list property has the value, HasAny where it has one of the
	// values, IsEmpty where whether it is empty or absent equals the value.
	Has     Op = "has"
	HasAny  Op = "hasAny"
	IsEmpty Op = "isEmpty"
)

// Compare compares a property with a value.
type Compare struct {
	// Prop is the property; "id" is the node's id.
	Prop string
	Kind Kind
	Op   Op
	// Value is a string, bool, int64 or float64; []any of these for OneOf, NotIn and
	// HasAny; a bool for IsNull and IsEmpty. Never nil.
	Value any
}

// Quantifier says how many of the related nodes must satisfy the condition.
type Quantifier string

// The quantifiers. On a node without relations All and None hold, Some and Single do not.
const (
	Some   Quantifier = "some"
	None   Quantifier = "none"
	EachOf Quantifier = "all"
	Single Quantifier = "single"
	// Number compares the number of related nodes with Related.Count instead.
	Number Quantifier = "count"
)

// Related looks at the nodes on the far side of a relation.
type Related struct {
	Hop Hop
	// Edge and Where narrow the relations looked at, by their own properties and by
	// the node on the far side. What they leave out does not exist for the quantifier.
	Edge, Where Filter
	Quantifier  Quantifier
	// Filter is the condition that the quantifier speaks of; nil always holds. Number
	// does not look at it.
	Filter Filter
	// Count holds the comparisons (Eq to Gte, OneOf, NotIn) of the number of
	// relations, all of which must hold. Prop is empty.
	Count []Compare
}

// MatchMode says which nodes a text query finds.
type MatchMode string

// The modes. A word of the query, analysed as package graph/text does, matches a
// word of a searched property when text.Match says so. AllWords wants each word of the query
// somewhere in the node, AnyWord one of them. Prefix wants each word of the query
// to be the beginning of a word (folded, not stemmed) of a property marked Suggest.
// A query without words finds nothing.
const (
	AllWords MatchMode = "all"
	AnyWord  MatchMode = "any"
	Prefix   MatchMode = "prefix"
)

// Matches is a full-text query over the searched properties of a node.
type Matches struct {
	Text string
	Mode MatchMode
}

// Within holds for the node with the given id and for everything narrower: all
// nodes from which Tree, the hop from narrower to broader, leads there in any
// number of steps. Cycles do no harm.
type Within struct {
	Tree Hop
	ID   string
}

// Near holds for nodes at most Km kilometres away, as the crow flies (haversine on
// a sphere of radius EarthRadiusKm). Nodes without coordinates are never near.
type Near struct {
	LatProp, LonProp string
	Lat, Lon, Km     float64
}

// EarthRadiusKm is the mean radius R1 of the earth by IUGG, in kilometres.
const EarthRadiusKm = 6371.0088

// HasLabel holds for nodes of one of the types.
type HasLabel struct{ Labels []string }

// AnyOf is the filter for what has one of the values in a property of Kind String.
func AnyOf(prop string, values []string) Filter {
	list := make([]any, len(values))
	for i, v := range values {
		list[i] = v
	}
	return Compare{Prop: prop, Kind: String, Op: OneOf, Value: list}
}

func (And) isFilter()      {}
func (Or) isFilter()       {}
func (Not) isFilter()      {}
func (Compare) isFilter()  {}
func (Related) isFilter()  {}
func (Matches) isFilter()  {}
func (Within) isFilter()   {}
func (Near) isFilter()     {}
func (HasLabel) isFilter() {}
