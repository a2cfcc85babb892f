package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"testing"
)

// Every query that the README shows runs and answers something.
func TestTheReadmesQueriesWork(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	queries := regexp.MustCompile("(?s)```graphql\n(.*?)```").FindAllSubmatch(readme, -1)
	if len(queries) < 5 {
		t.Fatalf("only %d queries found", len(queries))
	}
	url := start(t) + "/graphql"
	for _, q := range queries {
		body, err := json.Marshal(map[string]string{"query": string(q[1])})
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.Post(url, "application/json", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		var answer struct {
			Data   map[string]json.RawMessage
			Errors []json.RawMessage
		}
		err = json.NewDecoder(res.Body).Decode(&answer)
		res.Body.Close()
		if err != nil || len(answer.Errors) > 0 {
			t.Errorf("%s: %v %s", q[1], err, answer.Errors)
		}
		for field, v := range answer.Data {
			const leastAnswer = 60
			if len(v) < leastAnswer {
				t.Errorf("%s answers next to nothing: %s", field, v)
			}
			t.Logf("%s: %.160s", field, v)
		}
	}
}
