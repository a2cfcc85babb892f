package resolvers_test

import (
	"encoding/json"
	"testing"
)

// Each query lists as many nodes as its field is lacked by.
func TestCompletenessQueriesListWhatTheyCount(t *testing.T) {
	s := newService(t)
	var found struct {
		Completeness []struct {
			Type            string
			Total, Complete int
			Lacks           []struct {
				Field, NL, EN, Query string
				Count                int
			}
		}
	}
	into(t, s.data(t, `{ completeness { type total complete lacks { field NL: label EN: label(lang: EN) count query } } }`), &found)
	lacking := 0
	for _, c := range found.Completeness {
		for _, lack := range c.Lacks {
			if got := s.totalCount(t, lack.Query); got != lack.Count {
				t.Errorf("%s.%s: %d lack it, %d are listed by %s", c.Type, lack.Field, lack.Count, got, lack.Query)
			}
			if lack.NL == "" || lack.EN == "" || c.Complete > c.Total-lack.Count {
				t.Errorf("%s: %+v of %+v", c.Type, lack, c)
			}
			lacking += lack.Count
		}
	}
	if len(found.Completeness) < 10 || lacking == 0 {
		t.Errorf("%+v", found)
	}
	into(t, s.data(t, `{ completeness(type: Theme) { type lacks { field } } }`), &found)
	if len(found.Completeness) != 1 || found.Completeness[0].Type != "Theme" {
		t.Errorf("%+v", found)
	}
}

// into decodes what the API answered.
func into(t *testing.T, data map[string]any, to any) {
	t.Helper()
	text, err := json.Marshal(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, to); err != nil {
		t.Fatal(err)
	}
}
