package report_test

import (
	"strings"

	"github.com/i-partnerschap/kennisgraaf/report"
)

// What the tables should hold, written a second time, in SQL over the store's file.
// :day is the day to count, '' for any; where it holds for relations too, :rel is the
// same day.

const (
	held    = `(:rel='' OR (e.since IS NULL OR e.since<=:rel) AND (e.until IS NULL OR e.until>=:rel))`
	started = `(:day='' OR n.props->>'startDate'<=:day OR n.props->>'startDate' IS NULL AND n.props->>'status'<>'GEPLAND')`
)

// until is the condition that a date property is not after the day; from not before.
func until(prop string) string {
	return `(:day='' OR n.props->>'` + prop + `' IS NULL OR n.props->>'` + prop + `'<=:day)`
}
func from(prop string) string {
	return `(:day='' OR n.props->>'` + prop + `' IS NULL OR n.props->>'` + prop + `'>=:day)`
}

func nodes(label string, conditions ...string) string {
	return `SELECT n.nid FROM node n WHERE n.label='` + label + `' AND ` + strings.Join(append(conditions, "1"), " AND ")
}

var openSQL = nodes("Vraagstuk", until("posedOn"), `CASE WHEN n.props->>'status'='OPEN' THEN 1 WHEN :day='' OR n.props->>'status'='INGETROKKEN' THEN 0
	ELSE (SELECT COUNT(*)>0 AND SUM(CASE WHEN p.props->>'startDate'<=:day OR p.props->>'startDate' IS NULL AND p.props->>'status'<>'GEPLAND' THEN 1 ELSE 0 END)=0
	      FROM edge e JOIN node p ON p.nid=e.src WHERE e.dst=n.nid AND e.type='ADDRESSES') END`)

// past are the measures for which relations that have ended count too.
var past = map[report.Measure]bool{
	report.Projects: true, report.ProjectsDone: true, report.Budget: true, report.Fieldlabs: true, report.Agreements: true, report.Results: true,
}

// members selects what a measure counts.
var members = map[report.Measure]string{
	report.Vraagstukken:     nodes("Vraagstuk", until("posedOn")),
	report.VraagstukkenOpen: openSQL,
	report.Lectoraten:       nodes("Lectoraat", until("validFrom"), from("validUntil")),
	report.Experts:          nodes("Person", `EXISTS (SELECT 1 FROM edge e WHERE e.src=n.nid AND e.type='EXPERT_IN')`),
	report.Offers:           nodes("Offer", until("availableFrom"), from("availableUntil")),
	report.Projects:         nodes("Project", started),
	report.ProjectsRunning: nodes("Project", started, `CASE WHEN :day='' THEN n.props->>'status'='LOPEND'
		ELSE n.props->>'status' IN ('LOPEND','GEPLAND') OR n.props->>'endDate'>=:day END`),
	report.ProjectsDone:        nodes("Project", started, `n.props->>'status'='AFGEROND' AND (:day='' OR n.props->>'endDate' IS NULL OR n.props->>'endDate'<:day)`),
	report.Budget:              nodes("Project", started, `n.props->>'budget' IS NOT NULL`),
	report.Fieldlabs:           nodes("Fieldlab", until("openedOn")),
	report.FieldlabsActive:     nodes("Fieldlab", until("openedOn"), `(COALESCE(n.props->>'status','')<>'GESLOTEN' OR :day<>'' AND n.props->>'closedOn'>=:day)`),
	report.Agreements:          nodes("Agreement", until("signedOn")),
	report.Results:             nodes("Result", until("publishedOn")),
	report.Institutions:        nodes("Institution"),
	report.InstitutionBranches: nodes("Institution", `EXISTS (SELECT 1 FROM edge e WHERE e.src=n.nid AND e.type='BRANCH_IN')`),
	report.Agencies:            nodes("Agency", until("validFrom"), from("validUntil")),
	report.AgencyBranches:      nodes("Agency", until("validFrom"), from("validUntil"), `EXISTS (SELECT 1 FROM edge e WHERE e.src=n.nid AND e.type='BRANCH_IN')`),
}

// regionKeys selects nid, key: the regions that things are tied to.
const regionKeys = `
	SELECT e.src AS nid, r.id AS key FROM edge e JOIN node r ON r.nid=e.dst WHERE e.type IN ('CONCERNS','TAKES_PLACE_IN','LOCATED_IN','COVERS','SEATED_IN')
	UNION SELECT e.src, r.id FROM edge e JOIN edge x ON x.src=e.dst AND x.type='TAKES_PLACE_IN' JOIN node r ON r.nid=x.dst WHERE e.type='RESULT_OF'
	UNION SELECT e.src, r.id FROM edge e JOIN node s ON s.nid=e.src AND s.label='Lectoraat' JOIN edge x ON x.src=e.dst AND x.type='SEATED_IN' JOIN node r ON r.nid=x.dst WHERE e.type='PART_OF'
	UNION SELECT e.src, r.id FROM edge e JOIN node i ON i.nid=e.dst AND i.label='Institution' JOIN edge x ON x.src=i.nid AND x.type='SEATED_IN' JOIN node r ON r.nid=x.dst
		WHERE e.type='AFFILIATED_WITH' AND ` + held

const branchKeys = `SELECT e.src AS nid, r.id AS key FROM edge e JOIN node r ON r.nid=e.dst WHERE e.type='BRANCH_IN'`

// themeKeys rolls themes up to :level.
const themeKeys = `
	WITH RECURSIVE tree(nid,level,key) AS (
		SELECT nid,1,id FROM node t WHERE label='Theme' AND NOT EXISTS (SELECT 1 FROM edge WHERE src=t.nid AND type='BROADER')
		UNION SELECT e.src, level+1, CASE WHEN level<:level THEN n.id ELSE tree.key END FROM tree JOIN edge e ON e.dst=tree.nid AND e.type='BROADER' JOIN node n ON n.nid=e.src)
	SELECT e.src AS nid, tree.key FROM edge e JOIN tree ON tree.nid=e.dst JOIN node s ON s.nid=e.src WHERE e.type='EXPERT_IN' OR e.type='ABOUT' AND s.label<>'Institution'
	UNION SELECT p.dst, tree.key FROM edge p JOIN node l ON l.nid=p.src AND l.label='Lectoraat' JOIN edge e ON e.src=l.nid AND e.type='ABOUT' JOIN tree ON tree.nid=e.dst WHERE p.type='PART_OF'`

const yearKeys = `SELECT nid, substr(day,1,4) AS key FROM (SELECT nid, CASE label WHEN 'Vraagstuk' THEN props->>'posedOn' WHEN 'Offer' THEN props->>'availableFrom'
	WHEN 'Project' THEN props->>'startDate' WHEN 'Fieldlab' THEN props->>'openedOn' WHEN 'Agreement' THEN props->>'signedOn'
	WHEN 'Result' THEN props->>'publishedOn' WHEN 'Lectoraat' THEN props->>'validFrom' WHEN 'Agency' THEN props->>'validFrom' END AS day FROM node) WHERE day IS NOT NULL`

// ministryKeys: a ministry is its own key, an agency has its ministries, or itself
// where there is none.
const ministryKeys = `
	WITH org(nid,key) AS (
		SELECT nid,id FROM node WHERE label='Ministry'
		UNION SELECT e.src, m.id FROM edge e JOIN node a ON a.nid=e.src AND a.label='Agency' JOIN node m ON m.nid=e.dst AND m.label='Ministry' WHERE e.type='PART_OF' AND ` + held + `
		UNION SELECT a.nid, a.id FROM node a WHERE a.label='Agency' AND NOT EXISTS (SELECT 1 FROM edge e JOIN node m ON m.nid=e.dst AND m.label='Ministry' WHERE e.src=a.nid AND e.type='PART_OF' AND ` + held + `)),
	tie(nid,org) AS (
		SELECT e.src, e.dst FROM edge e WHERE e.type IN ('POSED_BY','OFFERED_BY')
		UNION SELECT e.src, e.dst FROM edge e WHERE e.type='AFFILIATED_WITH' AND ` + held + `
		UNION SELECT e.dst, e.src FROM edge e WHERE e.type IN ('PARTNER_IN','PARTY_TO') AND ` + held + `
		UNION SELECT r.src, e.src FROM edge r JOIN edge e ON e.dst=r.dst AND e.type='PARTNER_IN' AND ` + held + ` WHERE r.type='RESULT_OF'
		UNION SELECT nid, nid FROM node WHERE label='Agency')
	SELECT tie.nid AS nid, org.key AS key FROM tie JOIN org ON org.nid=tie.org`

const kindKeys = `
	WITH tie(nid,org) AS (
		SELECT e.src, e.dst FROM edge e WHERE e.type='OFFERED_BY' UNION SELECT e.src, e.dst FROM edge e WHERE e.type='AFFILIATED_WITH' AND ` + held + `
		UNION SELECT e.src, e.dst FROM edge e JOIN node l ON l.nid=e.src AND l.label='Lectoraat' WHERE e.type='PART_OF'
		UNION SELECT e.dst, e.src FROM edge e WHERE e.type IN ('PARTNER_IN','PARTY_TO') AND ` + held + `
		UNION SELECT r.src, e.src FROM edge r JOIN edge e ON e.dst=r.dst AND e.type='PARTNER_IN' AND ` + held + ` WHERE r.type='RESULT_OF'
		UNION SELECT nid, nid FROM node)
	SELECT tie.nid AS nid, i.props->>'kind' AS key FROM tie JOIN node i ON i.nid=tie.org AND i.label='Institution'`

const formKeys = `
	SELECT n.nid AS nid, j.value AS key FROM node n, json_each(n.props,'$.forms') j WHERE n.label='Vraagstuk'
	UNION SELECT nid, props->>'form' FROM node WHERE label IN ('Offer','Project') AND props->>'form' IS NOT NULL
	UNION SELECT e.src, p.props->>'form' FROM edge e JOIN node p ON p.nid=e.dst WHERE e.type='RESULT_OF' AND p.props->>'form' IS NOT NULL`

var axisKeys = map[report.Axis]string{
	report.ByRegion: regionKeys, report.ByTheme: themeKeys, report.ByYear: yearKeys, report.ByMinistry: ministryKeys,
	report.ByInstitutionKind: kindKeys, report.ByForm: formKeys,
}

// gapSQL selects nid, region for the open questions that have no supply there: of none
// of their themes, nor anything narrower. region is NULL for a question without one,
// which is judged by the supply of the whole country.
const gapSQL = `
	WITH RECURSIVE
	below(theme,nid) AS (SELECT nid,nid FROM node WHERE label='Theme' UNION SELECT below.theme, e.src FROM below JOIN edge e ON e.dst=below.nid AND e.type='BROADER'),
	supply(theme,place) AS (
		SELECT t.dst, i.nid FROM node n JOIN edge t ON t.src=n.nid AND t.type='ABOUT' JOIN edge p ON p.src=n.nid AND p.type='PART_OF' JOIN node i ON i.nid=p.dst AND i.label='Institution'
			WHERE n.label='Lectoraat' AND (:day='' OR n.props->>'validFrom' IS NULL OR n.props->>'validFrom'<=:day) AND (:day='' OR n.props->>'validUntil' IS NULL OR n.props->>'validUntil'>=:day)
		UNION SELECT t.dst, i.nid FROM edge t JOIN edge e ON e.src=t.src AND e.type='AFFILIATED_WITH' JOIN node i ON i.nid=e.dst AND i.label='Institution' WHERE t.type='EXPERT_IN' AND ` + held + `
		UNION SELECT t.dst, n.nid FROM node n JOIN edge t ON t.src=n.nid AND t.type='ABOUT' WHERE n.label='Fieldlab'
			AND (:day='' OR n.props->>'openedOn' IS NULL OR n.props->>'openedOn'<=:day) AND (COALESCE(n.props->>'status','')<>'GESLOTEN' OR :day<>'' AND n.props->>'closedOn'>=:day)
		UNION SELECT t.dst, n.nid FROM node n JOIN edge t ON t.src=n.nid AND t.type='ABOUT' JOIN edge o ON o.src=n.nid AND o.type='OFFERED_BY' JOIN node i ON i.nid=o.dst AND i.label='Institution'
			WHERE n.label='Offer' AND (:day='' OR n.props->>'availableFrom' IS NULL OR n.props->>'availableFrom'<=:day) AND (:day='' OR n.props->>'availableUntil' IS NULL OR n.props->>'availableUntil'>=:day)),
	within(nid,region) AS (SELECT nid,nid FROM node WHERE label='Region' UNION SELECT within.nid, e.dst FROM within JOIN edge e ON e.src=within.region AND e.type='REGION_PART_OF'),
	spot(place,region) AS (SELECT e.src, e.dst FROM edge e WHERE e.type IN ('SEATED_IN','LOCATED_IN','CONCERNS') OR :branches AND e.type='BRANCH_IN'),
	serves(place,region) AS (
		SELECT spot.place, within.region FROM spot JOIN within ON within.nid=spot.region
		UNION SELECT spot.place, within.nid FROM spot JOIN within ON within.region=spot.region
		UNION SELECT p.nid, r.nid FROM node p, node r WHERE :km>0 AND r.label='Region' AND p.label IN ('Institution','Fieldlab') AND p.props->>'lat' IS NOT NULL AND p.props->>'lon' IS NOT NULL AND r.props->>'lat' IS NOT NULL
			AND 2*6371.0088*asin(min(1,sqrt(pow(sin(radians(p.props->>'lat'-r.props->>'lat')/2),2)
				+cos(radians(r.props->>'lat'))*cos(radians(p.props->>'lat'))*pow(sin(radians(p.props->>'lon'-r.props->>'lon')/2),2))))<=:km)
	SELECT v.nid AS nid, r.id AS region FROM (%open%) v LEFT JOIN edge c ON c.src=v.nid AND c.type='CONCERNS' LEFT JOIN node r ON r.nid=c.dst
	WHERE NOT EXISTS (SELECT 1 FROM edge t JOIN below ON below.theme=t.dst JOIN supply ON supply.theme=below.nid
		LEFT JOIN serves ON serves.place=supply.place AND serves.region=c.dst
		WHERE t.src=v.nid AND t.type='ABOUT' AND (c.dst IS NULL OR :anywhere OR serves.place IS NOT NULL))`
