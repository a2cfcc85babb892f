package report_test

import (
	"strings"

	"github.com/i-partnerschap/kennisgraaf/report"
)

// What the tables should hold, written a third time, in Cypher. $day is the day to count,
// '' for any; where it holds for relations too, $rel is the same day.

const (
	heldCypher    = `($rel='' OR (e.since IS NULL OR e.since<=$rel) AND (e.until IS NULL OR e.until>=$rel))`
	startedCypher = `($day='' OR x.startDate<=$day OR x.startDate IS NULL AND x.status<>'GEPLAND')`
)

func untilCypher(prop string) string {
	return `($day='' OR n.` + prop + ` IS NULL OR n.` + prop + `<=$day)`
}

func fromCypher(prop string) string {
	return `($day='' OR n.` + prop + ` IS NULL OR n.` + prop + `>=$day)`
}

func of(variable, condition string) string { return strings.ReplaceAll(condition, "x.", variable+".") }

// matching finds the nodes that a measure counts.
func matching(label string, conditions ...string) string {
	return "MATCH (n:" + label + ") WHERE " + strings.Join(append(conditions, "true"), " AND ")
}

var (
	openCypher = matching("Vraagstuk", untilCypher("posedOn"), `CASE WHEN n.status='OPEN' THEN true WHEN $day='' OR n.status='INGETROKKEN' THEN false
		ELSE EXISTS { (n)<-[:ADDRESSES]-(:Project) } AND NOT EXISTS { MATCH (n)<-[:ADDRESSES]-(p:Project) WHERE `+of("p", startedCypher)+` } END`)
	labActive = `(coalesce(x.status,'')<>'GESLOTEN' OR $day<>'' AND x.closedOn>=$day)`
)

var membersCypher = map[report.Measure]string{
	report.Vraagstukken:     matching("Vraagstuk", untilCypher("posedOn")),
	report.VraagstukkenOpen: openCypher, report.Gap: openCypher, report.GapNearby: openCypher, report.GapAnywhere: openCypher,
	report.Lectoraten: matching("Lectoraat", untilCypher("validFrom"), fromCypher("validUntil")),
	report.Experts:    matching("Person", `EXISTS { (n)-[:EXPERT_IN]->() }`),
	report.Offers:     matching("Offer", untilCypher("availableFrom"), fromCypher("availableUntil")),
	report.Projects:   matching("Project", of("n", startedCypher)),
	report.ProjectsRunning: matching("Project", of("n", startedCypher), `CASE WHEN $day='' THEN n.status='LOPEND'
		ELSE n.status IN ['LOPEND','GEPLAND'] OR n.endDate>=$day END`),
	report.ProjectsDone:        matching("Project", of("n", startedCypher), `n.status='AFGEROND' AND ($day='' OR n.endDate IS NULL OR n.endDate<$day)`),
	report.Budget:              matching("Project", of("n", startedCypher), `n.budget IS NOT NULL`),
	report.Fieldlabs:           matching("Fieldlab", untilCypher("openedOn")),
	report.FieldlabsActive:     matching("Fieldlab", untilCypher("openedOn"), of("n", labActive)),
	report.Agreements:          matching("Agreement", untilCypher("signedOn")),
	report.Results:             matching("Result", untilCypher("publishedOn")),
	report.Institutions:        matching("Institution"),
	report.InstitutionBranches: matching("Institution", `EXISTS { (n)-[:BRANCH_IN]->() }`),
	report.Agencies:            matching("Agency", untilCypher("validFrom"), fromCypher("validUntil")),
	report.AgencyBranches:      matching("Agency", untilCypher("validFrom"), fromCypher("validUntil"), `EXISTS { (n)-[:BRANCH_IN]->() }`),
}

// keysCypher lists the keys of n on each axis.
var keysCypher = map[report.Axis]string{
	report.ByRegion: `COLLECT {
		MATCH (n)-[:CONCERNS|TAKES_PLACE_IN|LOCATED_IN|COVERS|SEATED_IN]->(r:Region) RETURN r.id AS key
		UNION MATCH (n)-[:RESULT_OF]->(:Project)-[:TAKES_PLACE_IN]->(r:Region) RETURN r.id AS key
		UNION MATCH (n:Lectoraat)-[:PART_OF]->(:Institution)-[:SEATED_IN]->(r:Region) RETURN r.id AS key
		UNION MATCH (n)-[e:AFFILIATED_WITH]->(:Institution)-[:SEATED_IN]->(r:Region) WHERE ` + heldCypher + ` RETURN r.id AS key }`,
	report.ByTheme: `COLLECT {
		CALL (n) { MATCH (n)-[:ABOUT|EXPERT_IN]->(t:Theme) WHERE NOT n:Institution RETURN t
			UNION MATCH (n:Institution)<-[:PART_OF]-(:Lectoraat)-[:ABOUT]->(t:Theme) RETURN t }
		MATCH p=(t)-[:BROADER*0..]->(root:Theme) WHERE NOT EXISTS { (root)-[:BROADER]->() }
		RETURN DISTINCT CASE WHEN length(p)<$level THEN t.id ELSE nodes(p)[length(p)-$level+1].id END }`,
	report.ByYear: `[day IN [CASE WHEN n:Vraagstuk THEN n.posedOn WHEN n:Offer THEN n.availableFrom WHEN n:Project THEN n.startDate WHEN n:Fieldlab THEN n.openedOn
		WHEN n:Agreement THEN n.signedOn WHEN n:Result THEN n.publishedOn WHEN n:Lectoraat OR n:Agency THEN n.validFrom END] WHERE day IS NOT NULL | left(day,4)]`,
	report.ByMinistry: `COLLECT {
		CALL (n) { MATCH (n)-[:POSED_BY|OFFERED_BY]->(o) RETURN o
			UNION MATCH (n)-[e:AFFILIATED_WITH]->(o) WHERE ` + heldCypher + ` RETURN o
			UNION MATCH (n)<-[e:PARTNER_IN|PARTY_TO]-(o) WHERE ` + heldCypher + ` RETURN o
			UNION MATCH (n)-[:RESULT_OF]->(:Project)<-[e:PARTNER_IN]-(o) WHERE ` + heldCypher + ` RETURN o
			UNION WITH n WHERE n:Agency RETURN n AS o }
		CALL (o) { WITH o WHERE o:Ministry RETURN o.id AS key
			UNION MATCH (o:Agency)-[e:PART_OF]->(m:Ministry) WHERE ` + heldCypher + ` RETURN m.id AS key
			UNION WITH o WHERE o:Agency AND NOT EXISTS { MATCH (o)-[e:PART_OF]->(:Ministry) WHERE ` + heldCypher + ` } RETURN o.id AS key }
		RETURN DISTINCT key }`,
	report.ByInstitutionKind: `COLLECT {
		CALL (n) { MATCH (n)-[:OFFERED_BY]->(i:Institution) RETURN i
			UNION MATCH (n)-[e:AFFILIATED_WITH]->(i:Institution) WHERE ` + heldCypher + ` RETURN i
			UNION MATCH (n:Lectoraat)-[:PART_OF]->(i:Institution) RETURN i
			UNION MATCH (n)<-[e:PARTNER_IN|PARTY_TO]-(i:Institution) WHERE ` + heldCypher + ` RETURN i
			UNION MATCH (n)-[:RESULT_OF]->(:Project)<-[e:PARTNER_IN]-(i:Institution) WHERE ` + heldCypher + ` RETURN i
			UNION WITH n WHERE n:Institution RETURN n AS i }
		WITH i WHERE i.kind IS NOT NULL RETURN DISTINCT i.kind }`,
	report.ByForm: `CASE WHEN n:Vraagstuk THEN n.forms WHEN n:Offer OR n:Project THEN [form IN [n.form] WHERE form IS NOT NULL]
		WHEN n:Result THEN COLLECT { MATCH (n)-[:RESULT_OF]->(p:Project) WHERE p.form IS NOT NULL RETURN DISTINCT p.form } ELSE [] END`,
}

const branchCypher = `COLLECT { MATCH (n)-[:BRANCH_IN]->(r:Region) RETURN DISTINCT r.id }`

// servedCypher lists the themes with supply, of their own or of anything narrower, as
// theme|region, and theme|* for anywhere.
var servedCypher = `MATCH (b:Theme)
	CALL (b) {
		MATCH (b)<-[:ABOUT]-(l:Lectoraat)-[:PART_OF]->(place:Institution)
			WHERE ` + strings.ReplaceAll(untilCypher("validFrom")+" AND "+fromCypher("validUntil"), "n.", "l.") + ` RETURN place
		UNION MATCH (b)<-[:EXPERT_IN]-(:Person)-[e:AFFILIATED_WITH]->(place:Institution) WHERE ` + heldCypher + ` RETURN place
		UNION MATCH (b)<-[:ABOUT]-(place:Fieldlab) WHERE ` + strings.ReplaceAll(untilCypher("openedOn"), "n.", "place.") + ` AND ` + of("place", labActive) + ` RETURN place
		UNION MATCH (b)<-[:ABOUT]-(place:Offer)-[:OFFERED_BY]->(:Institution)
			WHERE ` + strings.ReplaceAll(untilCypher("availableFrom")+" AND "+fromCypher("availableUntil"), "n.", "place.") + ` RETURN place }
	WITH DISTINCT b, place MATCH (b)-[:BROADER*0..]->(t:Theme)
	WITH place, collect(DISTINCT t.id) AS themes
	CALL (place) {
		OPTIONAL MATCH (place)-[e:SEATED_IN|LOCATED_IN|CONCERNS|BRANCH_IN]->(r:Region) WHERE $branches OR type(e)<>'BRANCH_IN'
		WITH place, collect(r) AS spots
		MATCH (c:Region) WHERE any(r IN spots WHERE r=c OR EXISTS { (r)-[:REGION_PART_OF*]->(c) } OR EXISTS { (c)-[:REGION_PART_OF*]->(r) })
			OR $km>0 AND NOT place:Offer AND 2*6371.0088*asin(sqrt(haversin(radians(place.lat-c.lat))
				+cos(radians(c.lat))*cos(radians(place.lat))*haversin(radians(place.lon-c.lon))))<=$km
		RETURN collect(c.id) AS regions }
	UNWIND themes AS t UNWIND regions+['*'] AS c
	WITH collect(DISTINCT t+'|'+c) AS served `

// gapCypher lists the regions of n where none of its themes is served. ” stands for a
// question without regions, judged by all supply.
const gapCypher = `COLLECT {
	OPTIONAL MATCH (n)-[:CONCERNS]->(c:Region)
	WITH c, CASE WHEN c IS NULL OR $anywhere THEN '*' ELSE c.id END AS where
	WHERE NOT EXISTS { MATCH (n)-[:ABOUT]->(t:Theme) WHERE t.id+'|'+where IN served }
	RETURN coalesce(c.id,'') }`

// countCypher counts a measure by two axes; '*' stands for all keys together.
func countCypher(m report.Measure, rows, columns report.Axis) string {
	keys := func(axis report.Axis) string {
		if axis == report.ByRegion && (m == report.InstitutionBranches || m == report.AgencyBranches) {
			return branchCypher
		}
		return keysCypher[axis]
	}
	text := membersCypher[m] + " WITH n, " + keys(rows) + " AS rows, " + keys(columns) + " AS columns"
	switch m {
	case report.Gap, report.GapNearby, report.GapAnywhere:
		list := func(axis report.Axis) string {
			if axis == report.ByRegion {
				return "gaps"
			}
			return keys(axis)
		}
		text = servedCypher + membersCypher[m] + " WITH n, " + gapCypher + " AS gaps WHERE size(gaps)>0 WITH n, " + list(rows) + " AS rows, " + list(columns) + " AS columns"
	}
	return text + `
		UNWIND CASE WHEN size(rows)=0 THEN [''] ELSE rows END + ['*'] AS row
		UNWIND CASE WHEN size(columns)=0 THEN [''] ELSE columns END + ['*'] AS column
		RETURN row, column, count(*) AS count, toFloat(sum(coalesce(n.budget,0))) AS sum`
}
