package write

import (
	"context"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/validate"
)

// Planner makes an Op of the arguments of a mutation.
type Planner func(args map[string]any) Op

// Mutations returns the mutations of a model by name: createX, updateX and upsertX for
// each type X, and delete, connect, disconnect and merge.
func Mutations(model *graph.Model) map[string]Planner {
	text := func(args map[string]any, name string) string { s, _ := args[name].(string); return s }
	object := func(args map[string]any, name string) Input { m, _ := args[name].(map[string]any); return m }
	all := map[string]Planner{
		"delete": func(args map[string]any) Op {
			cascade, _ := args["cascade"].(bool)
			return expecting(args, func(at string) Op { return Delete(text(args, "id"), at, cascade) })
		},
		"connect": func(args map[string]any) Op {
			return Connect(text(args, "from"), text(args, "relation"), text(args, "to"), object(args, "properties"))
		},
		"disconnect": func(args map[string]any) Op {
			return Disconnect(text(args, "from"), text(args, "relation"), text(args, "to"))
		},
		"merge": func(args map[string]any) Op { return Merge(text(args, "keep"), text(args, "from")) },
	}
	for name := range model.Types {
		all["create"+name] = func(args map[string]any) Op { return Create(name, object(args, "input")) }
		all["update"+name] = func(args map[string]any) Op {
			return expecting(args, func(at string) Op { return Update(name, text(args, "id"), object(args, "input"), at) })
		}
		all["upsert"+name] = func(args map[string]any) Op {
			return expecting(args, func(at string) Op { return Upsert(name, object(args, "input"), at) })
		}
	}
	return all
}

// expecting makes an Op of the moment in expectedUpdatedAt, "" for null. What is no moment
// is refused: taken for none, it would let the write overwrite what it was to protect.
func expecting(args map[string]any, make func(at string) Op) Op {
	const name = "expectedUpdatedAt"
	if args[name] == nil {
		return make("")
	}
	moment := &graph.Property{Name: name, Kind: graph.DateTime}
	value := validate.Convert(moment, args[name])
	wrong := validate.Value(moment, value, false)
	if at, ok := value.(string); ok && wrong == "" {
		return make(at)
	}
	return func(context.Context, *Plan) (string, error) {
		return "", graph.Errorf(graph.BadUserInput, "%s: %s", name, wrong)
	}
}
