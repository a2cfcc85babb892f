package write

import (
	"github.com/i-partnerschap/kennisgraaf/graph"
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
			return Delete(text(args, "id"), text(args, "expectedUpdatedAt"), cascade)
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
			return Update(name, text(args, "id"), object(args, "input"), text(args, "expectedUpdatedAt"))
		}
		all["upsert"+name] = func(args map[string]any) Op {
			return Upsert(name, object(args, "input"), text(args, "expectedUpdatedAt"))
		}
	}
	return all
}
