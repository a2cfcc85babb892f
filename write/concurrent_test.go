package write_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/write"
)

// processes is how many Writers share a store, as server processes do; goroutines is how
// many write through each.
const processes, goroutines = 4, 8

// together has 32 writers do something at the same time.
func (l *lab) together(do func(w *write.Writer, i int) error) {
	l.Helper()
	var wait sync.WaitGroup
	for p := range processes {
		w := write.New(model(), l.store)
		for g := range goroutines {
			wait.Go(func() {
				if err := do(w, p*goroutines+g); err != nil {
					l.Errorf("writer %d: %v", p*goroutines+g, err)
				}
			})
		}
	}
	wait.Wait()
}

// 32 writers on the same nodes: no lost update, no duplicate, and no conflict or deadlock
// that reaches the caller, but for the one that expectedUpdatedAt asks for.
func TestConcurrentWriters(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		l := newLab(t, address)
		ctx := t.Context()
		l.do(write.Create("Project", write.Input{"id": "x", "title": "X", "status": "LOPEND", "budget": int64(0)}))

		l.together(func(w *write.Writer, _ int) error { // read, add one, write, and again on a conflict
			for {
				now := l.props("x", "budget", "updatedAt")
				budget, _ := now["budget"].(int64)
				_, err := w.Do(ctx, false, write.Update("Project", "x", write.Input{"budget": budget + 1}, now["updatedAt"].(string)))
				if graph.CodeOf(err) != graph.Conflict || err == nil {
					return err
				}
			}
		})
		if got := l.props("x", "budget")["budget"]; got != int64(processes*goroutines) {
			t.Errorf("additions: %v of %d", got, processes*goroutines)
		}

		l.together(func(w *write.Writer, i int) error { // the same new node by its key, and the same relations
			_, err := w.Do(ctx, false, write.Upsert("Publication", write.Input{
				"doi": "10.1000/same", "title": fmt.Sprintf("Titel %d", i), "themes": link("cyber"),
			}, ""))
			return err
		})
		if n := l.count("Publication"); n != 1 {
			t.Errorf("%d publications", n)
		}

		l.together(func(w *write.Writer, _ int) error { // nodes of one name
			_, err := w.Do(ctx, false, write.Create("Person", write.Input{"name": "Jan Voorbeeld", "leads": link("lab")}))
			return err
		})
		if n := l.count("Person"); n != processes*goroutines {
			t.Errorf("%d people", n)
		}

		l.together(func(w *write.Writer, i int) error { // a relation to one
			_, err := w.Do(ctx, false, write.Update("Lectoraat", "lab", write.Input{"institution": link([]string{"hs", "uni"}[i%2])}, ""))
			return err
		})
		if got := l.links("lab", "PART_OF"); len(got) != 1 {
			t.Errorf("it is part of %v", got)
		}
	})
}

func (l *lab) count(label string) int64 {
	l.Helper()
	res, err := l.store.Read(l.Context(), graph.Query{Root: &graph.Selection{Labels: []string{label}, Count: true}})
	if err != nil {
		l.Fatal(err)
	}
	return res.Count
}
