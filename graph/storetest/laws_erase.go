package storetest

import (
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

var eraseLaws = []law{
	{"Node", eraseNode}, {"Log", eraseLog}, {"Relations", eraseRelations}, {"Gone", eraseGone}, {"Again", eraseAgain},
	{"Refuses", eraseRefuses}, {"Alone", eraseAlone}, {"Aliases", eraseAliases}, {"AliasInUse", eraseAliasInUse},
	{"Actor", eraseActor}, {"ComesBack", eraseComesBack}, {"Try", eraseTry}, {"HostileIDs", eraseHostileIDs}, {"Replay", eraseReplay},
}

// erased returns the change with a pseudonym that a law can name.
func erased(id string, aliases ...string) graph.Change {
	return graph.Change{Op: graph.EraseNode, Label: "Person", ID: id, As: "erased-x", Aliases: aliases}
}

// acquainted writes a few people with relations, a of whom is to go.
func acquainted(l *lab) {
	l.apply(person("a", props{"bio": "zonnebloem"}), person("b"), org("o"), connect("KNOWS", "b", "a", props{"since": "2020-01-01"}), connect("KNOWS", "a", "a"),
		connect("WORKS_AT", "a", "o", props{"share": 0.5}), connect("WORKS_AT", "b", "o", props{"share": 1.0}))
	l.apply(update("Person", "a", props{"age": int64(3)}), update("Person", "b", props{"age": int64(4)}), connect("WORKS_AT", "a", "o", props{"share": 0.25}))
}

// An erased node is gone with its relations, and nothing finds it.
func eraseNode(l *lab) {
	acquainted(l)
	l.apply(erased("a"))
	l.finds(nil, "b")
	l.finds(graph.Matches{Text: "zonnebloem", Mode: graph.AllWords})
	l.finds(graph.Related{Hop: knows, Quantifier: graph.Some})
	l.finds(graph.Related{Hop: worksIn, Quantifier: graph.Some}, "b")
	l.same("by id", true, l.node("Person", "a") == nil)
	l.same("by pseudonym", true, l.node("Person", "erased-x") == nil)
	l.refuse(graph.NotFound, update("Person", "a", props{"age": int64(1)}))
}

// The log keeps the number, time, operation, type and actor of each entry about an erased
// node and its relations, and which properties there were at all; the id is a pseudonym and
// the values are gone. Entries about others are as they were. The receipt is what the log
// then says, and the last entry is an erasure.
func eraseLog(l *lab) {
	acquainted(l)
	before := l.log()
	receipt := l.apply(erased("a"))
	after := l.log()
	l.same("receipt", after[len(before):], receipt.Entries)
	l.same("ops", []graph.ChangeOp{graph.Disconnect, graph.Disconnect, graph.Disconnect, graph.DeleteNode}, opsOf(receipt.Entries))
	for i, e := range before {
		want := e
		if e.ID == "a" || e.From == "a" || e.To == "a" {
			want.Before, want.After = emptied(e.Before), emptied(e.After)
			for _, id := range []*string{&want.ID, &want.From, &want.To} {
				*id = strings.ReplaceAll(*id, "a", "erased-x")
			}
		}
		l.same("entry", want, after[i])
	}
	for i, e := range after {
		l.same("seq", before[0].Seq+int64(i), e.Seq)
		l.same("an erasure", i == len(after)-1, e.Erasure())
	}
	l.same("by id", 0, len(l.logged(graph.LogQuery{IDs: []string{"a"}, Limit: graph.All})))
	l.wants(after, graph.LogQuery{IDs: []string{"erased-x"}, Limit: graph.All})
	l.same("by pseudonym", 10, len(l.logged(graph.LogQuery{IDs: []string{"erased-x"}, Limit: graph.All})))
	l.apply(person("c"))
	l.same("next", after[len(after)-1].Seq+1, l.log()[len(after)].Seq)
}

// The relations of others stay, and those that go are told as disconnected from both ends.
func eraseRelations(l *lab) {
	l.apply(topic("t"), topic("u"), topic("v"), connect("RELATED", "t", "u", props{"weight": 1.0}), connect("RELATED", "v", "t"), connect("BROADER", "u", "v"))
	c := erased("t")
	c.Label = "Topic"
	receipt := l.apply(c)
	l.same("ends", [][2]string{{"erased-x", "u"}, {"v", "erased-x"}, {"", ""}}, [][2]string{
		{receipt.Entries[0].From, receipt.Entries[0].To}, {receipt.Entries[1].From, receipt.Entries[1].To}, {receipt.Entries[2].From, receipt.Entries[2].To},
	})
	l.findsIn("Topic", graph.Related{Hop: broader, Quantifier: graph.Some}, "u")
	l.findsIn("Topic", nil, "u", "v")
}

// A node that was deleted before is erased from the log, which then says so in one entry.
func eraseGone(l *lab) {
	acquainted(l)
	l.apply(remove("Person", "a"))
	before := l.log()
	receipt := l.apply(erased("a"))
	after := l.log()
	l.same("entries", len(before)+1, len(after))
	l.same("receipt", after[len(before):], receipt.Entries)
	told := receipt.Entries[0]
	l.same("told", []any{graph.DeleteNode, "Person", "erased-x", props{}, true}, []any{told.Op, told.Label, told.ID, told.Before, told.After == nil})
	l.same("erasures", []bool{true, true}, []bool{told.Erasure(), after[len(before)-1].Erasure()})
	l.same("by id", 0, len(l.logged(graph.LogQuery{IDs: []string{"a"}, Limit: graph.All})))
	l.finds(nil, "b")
}

// What was erased is not known any more.
func eraseAgain(l *lab) {
	acquainted(l)
	l.apply(erased("a"))
	l.refuse(graph.NotFound, erased("a"))
	l.refuse(graph.NotFound, graph.Change{Op: graph.EraseNode, Label: "Person", ID: "a", As: "erased-y"})
}

// Nothing is erased that is not there, is of another type or was changed, nor without a
// pseudonym.
func eraseRefuses(l *lab) {
	acquainted(l)
	l.apply(person("gone"), remove("Person", "gone"))
	l.refuse(graph.NotFound, erased("nobody"))
	l.refuse(graph.NotFound, erased("o"))
	wrong := erased("a")
	wrong.Label = "Org"
	l.refuse(graph.NotFound, wrong)
	wrong.ID = "gone"
	l.refuse(graph.NotFound, wrong)
	wrong.Label = "Nothing"
	l.refuse(graph.BadUserInput, wrong)
	l.refuse(graph.BadUserInput, graph.Change{Op: graph.EraseNode, Label: "Person", ID: "a"})
	l.refuse(graph.BadUserInput, erased(""))
	changed := erased("a")
	changed.Expect = "2000-01-01T00:00:00.000Z"
	l.refuse(graph.Conflict, changed)
	changed.ID = "gone"
	l.refuse(graph.NotFound, changed)
	l.finds(nil, "a", "b")
	changed.ID = "a"
	changed.Expect, _ = l.node("Person", "a").Props["updatedAt"].(string)
	l.apply(changed)
	l.finds(nil, "b")
}

// An erasure is a write of its own.
func eraseAlone(l *lab) {
	acquainted(l)
	l.refuse(graph.BadUserInput, erased("a"), person("c"))
	l.refuse(graph.BadUserInput, erased("a"), graph.Change{Op: graph.EraseNode, Label: "Person", ID: "b", As: "erased-y"})
	l.finds(nil, "a", "b")
}

// The aliases of a node are erased with it, each under a pseudonym of its own, and its
// relations with them.
func eraseAliases(l *lab) {
	acquainted(l)
	l.apply(person("old", props{"age": int64(9)}), connect("KNOWS", "old", "a", props{"since": "2019-01-01"}), connect("KNOWS", "b", "old"))
	l.apply(remove("Person", "old"))
	l.apply(erased("a", "old", "", "a", "old", "never"))
	entries := l.log()
	for _, e := range entries {
		for _, id := range []string{e.ID, e.From, e.To} {
			if id == "a" || id == "old" {
				l.Errorf("%v", e)
			}
		}
		if e.Type == "KNOWS" || e.ID == "erased-x-2" {
			l.same("values", 0, len(e.Before)+len(e.After))
		}
	}
	l.same("of the alias", []graph.ChangeOp{graph.CreateNode, graph.Connect, graph.Connect, graph.Disconnect, graph.Disconnect, graph.DeleteNode},
		opsOf(l.logged(graph.LogQuery{IDs: []string{"erased-x-2"}, Limit: graph.All})))
	both := l.logged(graph.LogQuery{IDs: []string{"erased-x-2"}, Limit: 2})[1]
	l.same("between both", []string{"erased-x-2", "erased-x"}, []string{both.From, both.To})
}

// An alias that another node has by now is erased up to where the log says that the former
// one was deleted; where it says nothing of that, not at all.
func eraseAliasInUse(l *lab) {
	acquainted(l)
	l.apply(person("old", props{"age": int64(9)}), connect("KNOWS", "old", "b"))
	l.apply(remove("Person", "old"))
	l.apply(person("old", props{"age": int64(1)}), connect("KNOWS", "old", "b"), person("other"))
	whole := l.log()
	l.apply(erased("a", "old", "other"))
	l.same("of now", whole[len(whole)-3:], l.log()[len(whole)-3:len(whole)])
	l.same("of then", 4, len(l.logged(graph.LogQuery{IDs: []string{"erased-x-2"}, Limit: graph.All})))
	l.same("of the other", 1, len(l.logged(graph.LogQuery{IDs: []string{"other"}, Limit: graph.All})))
	l.finds(nil, "b", "old", "other")
	l.finds(graph.Related{Hop: knows, Quantifier: graph.Some}, "b", "old")
}

// What the node wrote itself, by its id, it wrote under its pseudonym; other actors stay.
func eraseActor(l *lab) {
	acquainted(l)
	if _, err := l.store.Apply(l.ctx, "a", []graph.Change{update("Person", "b", props{"age": int64(8)})}); err != nil {
		l.Fatal(err)
	}
	r, err := l.store.Apply(l.ctx, "a", []graph.Change{erased("a")})
	if err != nil {
		l.Fatal(err)
	}
	l.same("own", "erased-x", r.Entries[0].Actor)
	written := l.logged(graph.LogQuery{Actor: "erased-x", Limit: graph.All})
	l.same("written", 5, len(written))
	l.same("about another", []any{"b", int64(8)}, []any{written[0].ID, written[0].After["age"]})
	l.same("by id", 0, len(l.logged(graph.LogQuery{Actor: "a", Limit: graph.All})))
	l.same("others", "tester", l.log()[0].Actor)
}

// A node that comes back under the id is a new one, with a log of its own, and can be
// erased again.
func eraseComesBack(l *lab) {
	acquainted(l)
	l.apply(erased("a"))
	l.apply(person("a", props{"age": int64(5)}), connect("KNOWS", "a", "b"))
	l.finds(eq("age", int64(5)), "a")
	l.same("its log", []graph.ChangeOp{graph.CreateNode, graph.Connect}, opsOf(l.logged(graph.LogQuery{IDs: []string{"a"}, Limit: graph.All})))
	second := erased("a")
	second.As = "erased-y"
	l.apply(second)
	l.same("the first", 10, len(l.logged(graph.LogQuery{IDs: []string{"erased-x"}, Limit: graph.All})))
	l.same("the second", 4, len(l.logged(graph.LogQuery{IDs: []string{"erased-y"}, Limit: graph.All})))
	l.finds(nil, "b")
}

// Try tells what an erasure would do, and does not do it.
func eraseTry(l *lab) {
	acquainted(l)
	before := l.log()
	tried, err := l.store.Try(l.ctx, "tester", []graph.Change{erased("a")})
	if err != nil {
		l.Fatal(err)
	}
	l.same("log", before, l.log())
	l.finds(nil, "a", "b")
	for i, e := range l.apply(erased("a")).Entries {
		e.At = tried.Entries[i].At
		l.same("entry", tried.Entries[i], e)
	}
}

// An id is a value, whatever it looks like, and so is a pseudonym.
func eraseHostileIDs(l *lab) {
	for _, id := range []string{"' OR '1'='1", `x"}) DETACH DELETE n //`, "%", "*", "é\u0301\U0001F600", "a\\b`c", strings.Repeat("long", 300), "$ids", "erased-x", "--", " a "} {
		l.apply(person(id, props{"bio": "x"}), person("b"), connect("KNOWS", id, "b"))
		c := erased(id, "alias "+id)
		c.As = "as " + id
		l.apply(c)
		l.finds(nil, "b")
		l.same("by id", 0, len(l.logged(graph.LogQuery{IDs: []string{id}, Limit: graph.All})))
		l.same("by pseudonym", 4, len(l.logged(graph.LogQuery{IDs: []string{c.As}, Limit: graph.All})))
		l.apply(remove("Person", "b"))
	}
}

// What the log adds up to is what there is, with erasures in it.
func eraseReplay(l *lab) {
	acquainted(l)
	l.apply(person("old"), connect("KNOWS", "old", "b"), person("c"), connect("KNOWS", "c", "b"))
	l.apply(remove("Person", "old"))
	l.apply(erased("a", "old"))
	l.apply(remove("Person", "c"))
	l.apply(graph.Change{Op: graph.EraseNode, Label: "Person", ID: "c", As: "erased-y"})
	there := map[string]bool{}
	for _, e := range l.log() {
		key := strings.Join([]string{e.Label, e.ID, e.Type, e.From, e.To}, " ")
		if e.Op == graph.CreateNode || e.Op == graph.Connect {
			l.same("made once: "+key, false, there[key])
		}
		there[key] = e.After != nil
	}
	var left []string
	for key, is := range there {
		if is {
			left = append(left, key)
		}
	}
	slices.Sort(left)
	l.same("left", []string{"  WORKS_AT b o", "Org o   ", "Person b   "}, left)
}
