package storetest

import (
	"fmt"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

var textLaws = []law{
	{"FoldsCaseAndAccents", foldsText}, {"SpecialCharacters", specialCharacters}, {"MatchModes", matchModes},
	{"Compounds", matchCompounds}, {"StopWords", stopWords}, {"Prefix", matchPrefix}, {"HostileQueries", hostileTexts},
	{"FollowsWrites", matchesFollowWrites}, {"InRelated", matchesInRelated},
}

// Contains, StartsWith and EndsWith compare folded text on both sides.
func foldsText(l *lab) {
	l.apply(
		person("a", props{"bio": "Fryslân"}), person("b", props{"bio": "FRYSLAN is groot"}),
		person("c", props{"bio": "In frysla\u0302n"}), person("d", props{"bio": "Groningen"}))
	for _, part := range []string{"fryslân", "FRYSLAN", "frysla\u0302n", "Fryslan"} {
		l.finds(compare("bio", graph.Contains, part), "a", "b", "c")
		l.finds(compare("bio", graph.StartsWith, part), "a", "b")
		l.finds(compare("bio", graph.EndsWith, part), "a", "c")
	}
	l.finds(compare("bio", graph.Contains, ""), "a", "b", "c", "d")
}

// hostile holds characters that mean something to LIKE, Lucene, regular
// expressions, SQL, Cypher or JSON.
var hostile = []string{
	"%", "_", "*", "?", `"`, `\`, "'", ";", "$", "`", ".", ".*", "[", "(", "{", "}", "^", "~", ":", "/", "--", "//", "/*", "\\'",
	`\u0027`, "$1", "$a", "' OR 1=1 --", "%'", `\%`, `"]`, "AND", "\n",
}

// In a text operator every character stands for itself.
func specialCharacters(l *lab) {
	var changes []graph.Change
	for i, s := range hostile {
		changes = append(changes, person(fmt.Sprintf("p%02d", i), props{"bio": "b" + s + "e"}))
	}
	l.apply(append(changes, person("plain", props{"bio": "b-e bXe bab be"}))...)
	naive := NewNaive(Model())
	if _, err := naive.Apply(l.ctx, "tester", append(changes, person("plain", props{"bio": "b-e bXe bab be"}))); err != nil {
		l.Fatal(err)
	}
	model := &lab{T: l.T, ctx: l.ctx, store: naive}
	for i, s := range hostile {
		for _, f := range []graph.Compare{
			compare("bio", graph.Contains, s), compare("bio", graph.StartsWith, "b"+s), compare("bio", graph.EndsWith, s+"e"),
			eq("bio", "b"+s+"e"), compare("bio", graph.OneOf, []any{"b" + s + "e"}),
		} {
			want := model.find("Person", f)
			if !slices.Contains(want, fmt.Sprintf("p%02d", i)) {
				l.Errorf("Naive does not find %q by %v", s, f)
			}
			l.finds(f, want...)
		}
	}
}

// AllWords wants each word somewhere in the node, AnyWord one of them. Words are
// looked for in the searched properties only, lists among them, in every language.
func matchModes(l *lab) {
	l.apply(
		topic("a", props{"name": "Kunstmatige intelligentie", "nameEN": "Artificial intelligence", "altNames": []string{"AI", "machinaal leren"}}),
		topic("b", props{"name": "Digitale ethiek", "nameEN": "Digital ethics"}),
		topic("c", props{"name": "x", "source": "ethiek"}))
	for query, want := range map[string][2][]string{
		"intelligentie":         {{"a"}, {"a"}},
		"Artificial":            {{"a"}, {"a"}},
		"ai leren":              {{"a"}, {"a"}}, // in two values of one list
		"kunstmatige ethics":    {nil, {"a", "b"}},
		"ethiek DIGITAL":        {{"b"}, {"b"}}, // in two properties
		"ethiek peer":           {nil, {"b"}},
		"kunstmatig":            {{"a"}, {"a"}}, // by its stem
		"peer":                  {nil, nil},
		"ethiek ethiek, éthiek": {{"b"}, {"b"}},
	} {
		l.findsIn("Topic", graph.Matches{Text: query, Mode: graph.AllWords}, want[0]...)
		l.findsIn("Topic", graph.Matches{Text: query, Mode: graph.AnyWord}, want[1]...)
	}
	l.findsIn("Topic", graph.Not{Filter: graph.Matches{Text: "ethiek", Mode: graph.AllWords}}, "a", "c")
}

// A word of five letters or more also finds the longer words that it stands in,
// wherever it stands; a shorter one does not.
func matchCompounds(l *lab) {
	l.apply(
		topic("a", props{"name": "Netwerkbeveiliging"}), topic("b", props{"name": "Beveiligingsbeleid"}),
		topic("c", props{"name": "veilig werken"}), topic("d", props{"name": "training"}))
	l.findsIn("Topic", graph.Matches{Text: "beveiliging", Mode: graph.AllWords}, "a", "b")
	l.findsIn("Topic", graph.Matches{Text: "netwerk", Mode: graph.AllWords}, "a")
	l.findsIn("Topic", graph.Matches{Text: "ai", Mode: graph.AllWords})
	l.findsIn("Topic", graph.Matches{Text: "werk", Mode: graph.AllWords}, "c")
}

// Stop words of Dutch and English are no words; a query without words finds nothing.
func stopWords(l *lab) {
	l.apply(topic("a", props{"name": "De ethiek van het netwerk"}), topic("b", props{"name": "de het the"}))
	for _, query := range []string{"", "  ", "de", "het en the of", "!?", "*"} {
		for _, mode := range []graph.MatchMode{graph.AllWords, graph.AnyWord} {
			l.findsIn("Topic", graph.Matches{Text: query, Mode: mode})
			l.findsIn("Topic", graph.Not{Filter: graph.Matches{Text: query, Mode: mode}}, "a", "b")
		}
	}
	l.findsIn("Topic", graph.Matches{Text: "", Mode: graph.Prefix})
	l.findsIn("Topic", graph.Matches{Text: "the ethiek of het", Mode: graph.AllWords}, "a")
}

// Prefix wants each word to begin a word of a property marked Suggest, folded but
// not stemmed; stop words are words there.
func matchPrefix(l *lab) {
	l.apply(
		topic("a", props{"name": "Fryslân digitaal", "altNames": []string{"Friese zaken"}}),
		topic("b", props{"name": "De digitale overheid", "source": "frys"}),
		person("p", props{"name": "Frits de Vries", "bio": "digitaal"}))
	for query, want := range map[string][]string{
		"frysl": {"a"}, "FRYS dig": {"a"}, "dig": {"a", "b"}, "digitaal": {"a"}, "italic": nil, "fri": {"a"}, "d ov": {"b"},
		"de": {"b"}, "zak frys": {"a"}, "dig niets": nil,
	} {
		l.findsIn("Topic", graph.Matches{Text: query, Mode: graph.Prefix}, want...)
	}
	l.finds(graph.Matches{Text: "dig", Mode: graph.Prefix}) // bio is searched but not suggested
	l.finds(graph.Matches{Text: "fri vri", Mode: graph.Prefix}, "p")
}

// A query has no syntax: whatever it holds, it is words.
func hostileTexts(l *lab) {
	l.apply(topic("a", props{"name": "appel"}), topic("b", props{"name": "peer"}), topic("c", props{"name": "and or not"}))
	for _, s := range hostile {
		for _, mode := range []graph.MatchMode{graph.AllWords, graph.AnyWord, graph.Prefix} {
			for _, query := range []string{"appel " + s, s + "appel", s + " appel " + s} {
				// A word of its own beside appel (1, a, and …) may be asked for as well.
				want := NewNaive(Model())
				if _, err := want.Apply(l.ctx, "t", []graph.Change{topic("a", props{"name": "appel"}), topic("b", props{"name": "peer"}), topic("c", props{"name": "and or not"})}); err != nil {
					l.Fatal(err)
				}
				model := &lab{T: l.T, ctx: l.ctx, store: want}
				f := graph.Matches{Text: query, Mode: mode}
				l.findsIn("Topic", f, model.find("Topic", f)...)
			}
		}
	}
}

// What was written can be found at once, and what was removed cannot.
func matchesFollowWrites(l *lab) {
	f := graph.Matches{Text: "appel", Mode: graph.AllWords}
	l.apply(topic("a", props{"name": "appel"}), topic("b", props{"name": "peer", "nameEN": "appel"}))
	l.findsIn("Topic", f, "a", "b")
	l.apply(
		graph.Change{Op: graph.UpdateNode, Label: "Topic", ID: "a", Props: props{"name": "peer"}},
		graph.Change{Op: graph.UpdateNode, Label: "Topic", ID: "b", Props: props{"nameEN": nil}})
	l.findsIn("Topic", f)
	l.apply(graph.Change{Op: graph.UpsertNode, Label: "Topic", ID: "a", Props: props{"altNames": []string{"x", "appels"}}})
	l.findsIn("Topic", f, "a")
	l.apply(graph.Change{Op: graph.DeleteNode, Label: "Topic", ID: "a"}, topic("a"))
	l.findsIn("Topic", f)
}

// A text query can be used at any level, also under Not, and in links.
func matchesInRelated(l *lab) {
	l.apply(
		topic("t1", props{"name": "netwerkbeveiliging"}), topic("t2", props{"name": "ethiek"}), person("a"), person("b"), person("c"),
		connect("ABOUT", "a", "t1"), connect("ABOUT", "b", "t2"), connect("ABOUT", "a", "t2"))
	f := graph.Matches{Text: "beveiliging", Mode: graph.AllWords}
	l.finds(graph.Related{Hop: topics, Quantifier: graph.Some, Filter: f}, "a")
	l.finds(graph.Related{Hop: topics, Quantifier: graph.None, Filter: f}, "b", "c")
	l.finds(graph.Related{Hop: topics, Quantifier: graph.Some, Filter: graph.Not{Filter: f}}, "a", "b")
	l.finds(graph.Related{Hop: topics, Where: f, Quantifier: graph.Number, Count: []graph.Compare{{Op: graph.Gte, Kind: graph.Int, Value: int64(1)}}}, "a")
	r := l.read(rooted("Person", "a", link("t", topics, func(s *graph.Selection) { s.Where = f })))
	l.same("link", []string{"t1"}, linked(r, "t"))
}
