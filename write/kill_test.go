package write_test

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/write"
)

// The environment of the child: where its store is, and a name for what it writes.
const (
	childStore = "KENNISGRAAF_TEST_CHILD_STORE"
	childName  = "KENNISGRAAF_TEST_CHILD_NAME"
)

const kills = 20

// A process that is killed while it writes leaves each transaction wholly or not at all:
// the store opens, what was acknowledged is there, and the change log agrees with the data.
func TestKilled(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		// The store is opened once before, so that the kills meet writes, not the making of indexes.
		newLab(t, address)
		acknowledged := map[string]bool{}
		for i := range kills {
			for _, id := range killedChild(t, address, fmt.Sprintf("k%d", i)) {
				acknowledged[id] = true
			}
			l := &lab{T: t, store: started(t, address)}
			agree(l)
			for id := range acknowledged {
				if l.props(id, "name") == nil || len(l.links(id, "LEADS")) != 1 {
					t.Fatalf("kill %d: %s was acknowledged and is not there", i, id)
				}
			}
			if err := l.whole(); err != nil {
				t.Fatalf("kill %d: %v", i, err)
			}
		}
		t.Logf("%d kills, %d acknowledged writes", kills, len(acknowledged))
		if len(acknowledged) == 0 {
			t.Error("no child ever wrote")
		}
	})
}

// killedChild starts a process that writes, kills it at a random moment after its first
// write, and returns the ids that it acknowledged.
func killedChild(t *testing.T, address, name string) []string {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), childStore+"="+address, childName+"="+name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if ids = append(ids, lines.Text()); len(ids) == 1 {
			time.AfterFunc(time.Duration(rand.IntN(200_000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
		}
	}
	_ = cmd.Wait() // it was killed
	return ids
}

// writeForever is the child: it makes and changes nodes with relations in transactions of
// several changes, and prints the id of each person once it is written.
func writeForever(address, name string) {
	ctx := context.Background()
	s, err := open(ctx, address)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	w := write.New(model(), s)
	for i := 0; ; i++ {
		id := fmt.Sprintf("%s-%d", name, i)
		_, err := w.Do(ctx, false,
			write.Create("Person", write.Input{"id": id, "name": id, "leads": write.Input{"connect": write.Input{
				"create": write.Input{"lectoraat": write.Input{"id": "l-" + id, "name": id, "institution": link("hs")}},
			}}}),
			write.Update("Institution", "hs", write.Input{"city": id}, ""),
		)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(id)
	}
}

// whole tells whether every person of a child has the relation and the node that were
// written with it.
func (l *lab) whole() error {
	people, lectoraten := l.count("Person"), l.count("Lectoraat")-1 // one was there before
	if people != lectoraten {
		return fmt.Errorf("%d people and %d lectoraten", people, lectoraten)
	}
	return nil
}

// agree compares the graph with what the change log adds up to.
func agree(l *lab) {
	l.Helper()
	log, err := l.store.Log(l.Context(), graph.LogQuery{Limit: graph.All})
	if err != nil {
		l.Fatal(err)
	}
	nodes, edges := map[string]map[string]any{}, map[string]map[string]any{}
	for _, e := range log {
		if e.Type == "" {
			nodes[e.ID] = e.After
		} else {
			edges[e.Type+" "+e.From+" "+e.To] = e.After
		}
	}
	maps.DeleteFunc(nodes, func(_ string, v map[string]any) bool { return v == nil })
	maps.DeleteFunc(edges, func(_ string, v map[string]any) bool { return v == nil })
	gotNodes, gotEdges := l.everything()
	if d := cmp.Diff(nodes, gotNodes, cmpopts.EquateEmpty()); d != "" {
		l.Errorf("nodes (-log +graph)\n%s", d)
	}
	if d := cmp.Diff(edges, gotEdges, cmpopts.EquateEmpty()); d != "" {
		l.Errorf("relations (-log +graph)\n%s", d)
	}
}

// everything reads the nodes, and the relations that the child makes.
func (l *lab) everything() (nodes, edges map[string]map[string]any) {
	l.Helper()
	nodes, edges = map[string]map[string]any{}, map[string]map[string]any{}
	m := model()
	root := &graph.Selection{Labels: m.Names(), Page: graph.Page{Limit: graph.All}}
	for _, t := range m.Types {
		for _, p := range t.Properties {
			if p.Name != "id" {
				root.Props = append(root.Props, p.Name)
			}
		}
	}
	for _, typ := range []string{"LEADS", "PART_OF"} {
		root.Links = append(root.Links, graph.Link{Key: typ, Hop: graph.Hop{Type: typ, Labels: m.Names()}, Selection: &graph.Selection{
			Labels: m.Names(), EdgeProps: []string{"since", "until"}, Page: graph.Page{Limit: graph.All},
		}})
	}
	res, err := l.store.Read(l.Context(), graph.Query{Root: root})
	if err != nil {
		l.Fatal(err)
	}
	for _, row := range res.Rows {
		nodes[row.Node.ID] = row.Node.Props
		for typ, far := range row.Node.Links {
			for _, f := range far.Rows {
				edges[typ+" "+row.Node.ID+" "+f.Node.ID] = f.Edge
			}
		}
	}
	return nodes, edges
}
