package generate

// Size says how many nodes of each type to make. Where a type is left out, the
// relations that lead to it are too.
type Size struct {
	Regions, Themes, Ministries, Agencies, Institutions, Fieldlabs int
	Lectoraten, People, Vraagstukken, Offers, Projects             int
	Publications                                                   int
}

// shares are parts of a thousand nodes. Publications are what is left.
var shares = struct {
	Themes, Agencies, Institutions, Fieldlabs, Lectoraten, People, Vraagstukken, Offers, Projects int
}{Themes: 8, Agencies: 4, Institutions: 3, Fieldlabs: 4, Lectoraten: 28, People: 500, Vraagstukken: 45, Offers: 20, Projects: 60}

// SizeOf returns a size of that many nodes in all, at least 100, in the proportions
// of the real network. It has about three relations a node.
func SizeOf(nodes int) Size {
	nodes = max(nodes, 100)
	part := func(share, least, most int) int { return min(max(nodes*share/1000, least), most) }
	s := Size{
		Regions:      16,
		Themes:       part(shares.Themes, 8, 20_000),
		Ministries:   part(1, 2, 12),
		Agencies:     part(shares.Agencies, 3, nodes),
		Institutions: part(shares.Institutions, 3, nodes),
		Fieldlabs:    part(shares.Fieldlabs, 1, nodes),
		Lectoraten:   part(shares.Lectoraten, 3, nodes),
		People:       part(shares.People, 10, nodes),
		Vraagstukken: part(shares.Vraagstukken, 3, nodes),
		Offers:       part(shares.Offers, 2, nodes),
		Projects:     part(shares.Projects, 3, nodes),
	}
	s.Publications = nodes - s.Nodes()
	return s
}

// Nodes returns the number of nodes in all.
func (s Size) Nodes() int {
	return s.Regions + s.Themes + s.Ministries + s.Agencies + s.Institutions + s.Fieldlabs + s.Lectoraten +
		s.People + s.Vraagstukken + s.Offers + s.Projects + s.Publications
}
