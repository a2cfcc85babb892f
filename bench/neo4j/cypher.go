package main

// The longer statements by hand. Lists are cut with one more than the page, which tells
// whether there is a next one, as ours do.
const (
	fourLevels = `MATCH (i:Institution) WHERE i.name IS NOT NULL WITH i ORDER BY i.name, i.id LIMIT 11
RETURN i.id, i.name, COLLECT { MATCH (i)<-[:PART_OF]-(l:Lectoraat) WITH l ORDER BY l.name, l.id LIMIT 6
  RETURN [l.id, l.name, COLLECT { MATCH (l)<-[:LEADS]-(p:Person) WITH p ORDER BY p.name, p.id LIMIT 6
    RETURN [p.id, p.name, COLLECT { MATCH (p)-[e:EXPERT_IN]->(t:Theme) WITH e, t ORDER BY t.id LIMIT 6 RETURN [t.id, t.prefLabelNl, e.level] }] }] }`

	connectionPage = `MATCH (i:Institution {id: $id}) RETURN i.id, i.name, COUNT { (i)<-[:AFFILIATED_WITH]-() },
COLLECT { MATCH (i)<-[a:AFFILIATED_WITH]-(p:Person) WITH a, p ORDER BY p.name, p.id LIMIT 21 RETURN [p.id, p.name, a.since, a.position] }`

	// A project without a region or a theme counts too, and each pair once.
	regionByTheme = `MATCH (p:Project) OPTIONAL MATCH (p)-[:TAKES_PLACE_IN]->(r:Region) WITH DISTINCT p, r OPTIONAL MATCH (p)-[:ABOUT]->(t:Theme)
WITH DISTINCT p, r, t RETURN r.id, t.id, count(*) AS n ORDER BY n DESC LIMIT 50`

	fullText = `CALL db.index.fulltext.queryNodes('kennisgraaf_text', $q) YIELD node, score WITH node, score WHERE node:Project
WITH node, score ORDER BY score DESC, node.id LIMIT 21 RETURN node.id, node.title, score`

	twoAliases = `MATCH (i:Institution) WHERE i.name IS NOT NULL WITH i ORDER BY i.name, i.id LIMIT 11 RETURN i.id, i.name,
COLLECT { MATCH (i)<-[:AFFILIATED_WITH]-(p:Person) WITH p ORDER BY p.name, p.id LIMIT 6 RETURN [p.id, p.name] },
COLLECT { MATCH (i)<-[a:AFFILIATED_WITH]-(p:Person) WITH a, p ORDER BY a.since IS NULL, a.since DESC, p.id LIMIT 6 RETURN [p.id, p.name] }`

	// Any three of the shortest; ours are always the same three.
	shortest = `MATCH (a:Project {id: $a}) MATCH (b:Project {id: $b}) MATCH p = SHORTEST 3 (a)-[]-{1,4}(b)
RETURN [n IN nodes(p) | n.id], [r IN relationships(p) | [type(r), properties(r)]]`

	themeTree = `MATCH (top:Theme {id: $t}) MATCH (top) (()<-[:BROADER]-()){0,} (t:Theme) WITH DISTINCT t MATCH (t)<-[:ABOUT]-(p:Project)
WITH DISTINCT p ORDER BY p.title, p.id LIMIT 21 RETURN p.id, p.title`

	// A ranking by theme alone: expertise, and what the lectoraat, projects and publications are about.
	matching = `MATCH (t:Theme {id: $t}) MATCH (p:Person)-[:LEADS]->(l:Lectoraat) WHERE (l)-[:ABOUT]->(t) OR (p)-[:EXPERT_IN]->(t)
WITH DISTINCT t, p, l, COUNT { (p)-[:WORKS_ON]->(:Project)-[:ABOUT]->(t) } AS projects, COUNT { (p)<-[:AUTHORED_BY]-(:Publication)-[:ABOUT]->(t) } AS publications,
  EXISTS { (p)-[:EXPERT_IN]->(t) } AS expert, EXISTS { (l)-[:ABOUT]->(t) } AS about
RETURN p.id, p.name, l.id, l.name, expert, about, projects, publications, toInteger(expert) + toInteger(about) + log(1 + projects + publications) AS score
ORDER BY score DESC, p.id LIMIT 10`
)
