package resolvers_test

import "testing"

// The fields around match answer with the nodes that they speak of.
func TestFitsWhyNotAndTeam(t *testing.T) {
	s := newService(t)
	fits := s.data(t, `{ fits(candidate: "demo-l-recht-in-code", first: 3) { totalCount pageInfo { hasNextPage endCursor }
		edges { cursor node { score vraagstuk { title } candidate { ... on Lectoraat { name } } factors { kind evidence { node { label } } } } } } }`)["fits"].(map[string]any)
	edges := fits["edges"].([]any)
	if len(edges) != 3 || fits["totalCount"].(float64) < 3 {
		t.Fatalf("%d edges of %v", len(edges), fits["totalCount"])
	}
	first := edges[0].(map[string]any)["node"].(map[string]any)
	if first["vraagstuk"] == nil || first["candidate"].(map[string]any)["name"] != "Recht in Code" {
		t.Errorf("the first fit is %v", first)
	}
	cursor := fits["pageInfo"].(map[string]any)["endCursor"].(string)
	next := s.data(t, `{ fits(candidate: "demo-l-recht-in-code", first: 1, after: "`+cursor+`") { nodes { vraagstuk { id } score } } }`)["fits"].(map[string]any)
	last := edges[2].(map[string]any)["node"].(map[string]any)
	if one := next["nodes"].([]any)[0].(map[string]any); one["score"].(float64) > last["score"].(float64) {
		t.Errorf("the next page begins with %v after %v", one, last["score"])
	}
	why := s.data(t, `{ whyNot(vraagstuk: "demo-v-vog-ketenduur", candidate: "demo-p-pim-drukinktkade") { rank needed short rankAfter
		changes { kind amount theme { prefLabelNl } } match { score candidate { ... on Person { name } } } } }`)["whyNot"].(map[string]any)
	if why["rank"].(float64) == 1 || len(why["short"].([]any)) == 0 || len(why["changes"].([]any)) == 0 || why["rankAfter"].(float64) > 10 {
		t.Errorf("whyNot: %v", why)
	}
	team := s.data(t, `{ team(vraagstuk: "demo-v-zorgpas-wallet") { members { score declined summary candidate { ... on Person { name } } } uncovered { prefLabelNl } } }`)["team"].(map[string]any)
	if n := len(team["members"].([]any)); n < 1 || n > 3 {
		t.Errorf("a team of %d", n)
	}
	if a, _ := s.ask(t, `{ team(vraagstuk: "demo-v-zorgpas-wallet", maxInstitutions: 0) { members { score } } }`, nil); len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != "BAD_USER_INPUT" {
		t.Errorf("no institutions at all: %v", a.Errors)
	}
}
