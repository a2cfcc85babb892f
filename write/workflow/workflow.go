// Package workflow moves proposals along as the taskforce works on them: PROPOSED →
// INTRODUCED → ACCEPTED, which makes a project, or DECLINED, with a reason. Who did what
// when is in the change log.
package workflow

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/write"
)

// The states of a proposal.
const (
	proposed   = "PROPOSED"
	introduced = "INTRODUCED"
	accepted   = "ACCEPTED"
	declined   = "DECLINED"
)

// moves holds the states that each state can become, with the mutation that does it.
var moves = map[string]map[string]string{
	proposed:   {introduced: "introduce"},
	introduced: {accepted: "accept", declined: "decline"},
}

// Mutations returns the mutations of the workflow by name. now tells the day.
func Mutations(now func() time.Time) map[string]write.Planner {
	text := func(args map[string]any, name string) string { s, _ := args[name].(string); return s }
	today := func() string { return now().Format(time.DateOnly) }
	return map[string]write.Planner{
		"propose": func(args map[string]any) write.Op {
			return propose(text(args, "vraagstuk"), text(args, "candidate"), text(args, "title"), args["score"], today())
		},
		"introduce": func(args map[string]any) write.Op { return move(text(args, "proposal"), introduced, write.Input{}) },
		"accept": func(args map[string]any) write.Op {
			project, _ := args["project"].(map[string]any)
			return accept(text(args, "proposal"), project, today())
		},
		"decline": func(args map[string]any) write.Op {
			return decline(text(args, "proposal"), text(args, "reason"), today())
		},
	}
}

// propose puts a candidate forward for a vraagstuk. A pair that is being worked on is not
// put forward twice.
func propose(vraagstuk, candidate, title string, score any, today string) write.Op {
	return func(ctx context.Context, p *write.Plan) (string, error) {
		if err := p.Prefetch(ctx, vraagstuk, candidate); err != nil {
			return "", err
		}
		v, err := typed(ctx, p, "Vraagstuk", vraagstuk)
		if err != nil {
			return "", err
		}
		edges, err := p.Edges(ctx, vraagstuk, "PROPOSED_FOR", true)
		if err != nil {
			return "", err
		}
		for _, e := range edges {
			other, err := p.Node(ctx, e.From)
			if err != nil {
				return "", err
			}
			same, err := p.Edge(ctx, "CANDIDATE", e.From, candidate)
			if err != nil {
				return "", err
			}
			if same != nil && other != nil && other.Props["status"] != declined {
				return "", graph.Errorf(graph.Conflict, "%q is proposed for %q already, by %q, which is %v", candidate, vraagstuk, e.From, other.Props["status"])
			}
		}
		if title == "" {
			title, _ = v.Props["title"].(string)
		}
		input := write.Input{
			"title": title, "status": proposed, "proposedOn": today,
			"vraagstuk": to(vraagstuk), "candidate": to(candidate),
		}
		if score != nil {
			input["score"] = score
		}
		return write.Create("Proposal", input)(ctx, p)
	}
}

// move brings a proposal into another state, with what else is set.
func move(id, state string, also write.Input) write.Op {
	return func(ctx context.Context, p *write.Plan) (string, error) {
		n, err := typed(ctx, p, "Proposal", id)
		if err != nil {
			return id, err
		}
		at, _ := n.Props["status"].(string)
		if moves[at][state] == "" {
			return id, graph.Errorf(graph.Conflict, "the proposal %q is %s, and cannot become %s; %s", id, at, state, possible(at))
		}
		also["status"] = state
		return write.Update("Proposal", id, also, "")(ctx, p)
	}
}

// possible says what can be done with a proposal in a state.
func possible(state string) string {
	var names []string
	for _, name := range moves[state] {
		names = append(names, name)
	}
	if len(names) == 0 {
		return "nothing more can be done with it; propose the candidate anew"
	}
	slices.Sort(names)
	return "what is possible is " + strings.Join(names, " or ")
}

func decline(id, reason, today string) write.Op {
	return func(ctx context.Context, p *write.Plan) (string, error) {
		if strings.TrimSpace(reason) == "" {
			return id, graph.Errorf(graph.BadUserInput, "reason is empty; say why, since match shows it with the candidate")
		}
		return move(id, declined, write.Input{"reason": reason, "decidedOn": today})(ctx, p)
	}
}

// accept makes a project of a proposal: on the vraagstuk, its themes and regions, with
// who asked and the candidate. What the caller gives of the project comes first.
func accept(id string, project write.Input, today string) write.Op {
	return func(ctx context.Context, p *write.Plan) (string, error) {
		if _, err := move(id, accepted, write.Input{"decidedOn": today})(ctx, p); err != nil {
			return id, err
		}
		vraagstuk, err := far(ctx, p, id, "PROPOSED_FOR", "Vraagstuk")
		if err != nil {
			return id, err
		}
		candidate, err := far(ctx, p, id, "CANDIDATE", "candidate")
		if err != nil {
			return id, err
		}
		made, err := projectOf(ctx, p, vraagstuk, candidate, today)
		if err != nil {
			return id, err
		}
		for name, value := range project {
			made[name] = value
		}
		projectID, err := write.Create("Project", made)(ctx, p)
		if err != nil {
			return id, err
		}
		if vraagstuk.Props["status"] == "OPEN" {
			if _, err := write.Update("Vraagstuk", vraagstuk.ID, write.Input{"status": "IN_BEHANDELING"}, "")(ctx, p); err != nil {
				return id, err
			}
		}
		return write.Connect(id, "project", projectID, nil)(ctx, p)
	}
}

// projectOf returns the project that a vraagstuk and a candidate become.
func projectOf(ctx context.Context, p *write.Plan, vraagstuk, candidate *graph.Node, today string) (write.Input, error) {
	made := write.Input{"status": "GEPLAND", "startDate": today, "addresses": to(vraagstuk.ID)}
	for _, name := range []string{"title", "description", "source"} {
		if v := vraagstuk.Props[name]; v != nil {
			made[name] = v
		}
	}
	if forms, _ := vraagstuk.Props["forms"].([]string); len(forms) > 0 {
		made["form"] = forms[0]
	}
	for field, typ := range map[string]string{"themes": "ABOUT", "regions": "CONCERNS"} {
		ids, err := ends(ctx, p, vraagstuk.ID, typ)
		if err != nil {
			return nil, err
		}
		made[field] = to(ids...)
	}
	var partners []any
	partner := func(role string, ids ...string) {
		for _, id := range ids {
			if !slices.ContainsFunc(partners, func(v any) bool { return v.(write.Input)["id"] == id }) {
				partners = append(partners, write.Input{"id": id, "role": role})
			}
		}
	}
	asked, err := ends(ctx, p, vraagstuk.ID, "POSED_BY")
	if err != nil {
		return nil, err
	}
	partner("OPDRACHTGEVER", asked...)
	does, err := carriedOutBy(ctx, p, candidate, made)
	if err != nil {
		return nil, err
	}
	partner("UITVOERDER", does...)
	made["partners"] = write.Input{"connect": partners}
	return made, nil
}

// carriedOutBy puts the candidate into the project, and returns the organisations behind it.
func carriedOutBy(ctx context.Context, p *write.Plan, candidate *graph.Node, made write.Input) ([]string, error) {
	switch candidate.Label {
	case "Institution":
		return []string{candidate.ID}, nil
	case "Offer":
		return ends(ctx, p, candidate.ID, "OFFERED_BY")
	case "Fieldlab":
		made["fieldlab"] = to(candidate.ID)
		return nil, nil
	case "Lectoraat":
		made["lectoraten"] = to(candidate.ID)
		return ends(ctx, p, candidate.ID, "PART_OF")
	}
	made["participants"] = to(candidate.ID)
	edges, err := p.Edges(ctx, candidate.ID, "AFFILIATED_WITH", false)
	var ids []string
	for _, e := range edges {
		if until, _ := e.Props["until"].(string); until == "" || until >= made["startDate"].(string) {
			ids = append(ids, e.To)
		}
	}
	return ids, err
}

// ends returns where the relations of a type from a node lead.
func ends(ctx context.Context, p *write.Plan, id, typ string) ([]string, error) {
	edges, err := p.Edges(ctx, id, typ, false)
	ids := make([]string, len(edges))
	for i, e := range edges {
		ids[i] = e.To
	}
	return ids, err
}

// far returns the one node that a relation of a proposal leads to.
func far(ctx context.Context, p *write.Plan, id, typ, what string) (*graph.Node, error) {
	ids, err := ends(ctx, p, id, typ)
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return nil, graph.Errorf(graph.Conflict, "the proposal %q has no %s; connect one first", id, strings.ToLower(what))
	}
	return p.Node(ctx, ids[0])
}

// typed returns a node that must be there and of a type.
func typed(ctx context.Context, p *write.Plan, label, id string) (*graph.Node, error) {
	n, err := p.Node(ctx, id)
	if err == nil && (n == nil || n.Label != label) {
		return nil, graph.Errorf(graph.NotFound, "there is no %s with id %q", label, id)
	}
	return n, err
}

// to connects nodes in an input.
func to(ids ...string) write.Input {
	list := make([]any, len(ids))
	for i, id := range ids {
		list[i] = write.Input{"id": id}
	}
	return write.Input{"connect": list}
}
