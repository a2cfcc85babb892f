package main

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReportWritesAFileWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	store := "--store=" + filled(t)
	file := filepath.Join(dir, "dekking.html")
	if out, err := output(t, context.Background(), "report", "coverage", "--log-level=error", store, "-o", file); err != nil || out != "" {
		t.Fatalf("%v %s", err, out)
	}
	page, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(page), "Regionale dekking") {
		t.Fatalf("%v %.100s", err, page)
	}
	out, err := output(t, context.Background(), "report", "coverage", "--log-level=error", store, "--format=csv", "--lang=en", "--as-of=2024-01-01")
	if err != nil || !strings.HasPrefix(out, "table,row,column,measure,value") {
		t.Errorf("%v %.100s", err, out)
	}
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"format":   {[]string{"--format=docx"}, "html"},
		"day":      {[]string{"--as-of=morgen", "-o", file}, "2021-03-31"},
		"later":    {[]string{"--as-of=2024-01-01", "--compare=2024-01-01", "-o", file}, "name an earlier day"},
		"no day":   {[]string{"--compare=gisteren", "-o", file}, "2021-03-31"},
		"measure":  {[]string{"--map=geluk", "-o", file}, "no measure"},
		"browser":  {[]string{"--format=pdf", "--browser=no-such-browser", "-o", file}, "--browser"},
		"a folder": {[]string{"-o", dir}, "is a folder"},
		"folder":   {[]string{"-o", filepath.Join(dir, "nergens", "x.html")}, "folder that exists"},
	} {
		if _, err := output(t, context.Background(), append([]string{"report", "coverage", "--log-level=error", store}, c.args...)...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want something about %q", name, err, c.want)
		}
	}
	if again, err := os.ReadFile(file); err != nil || string(again) != string(page) {
		t.Errorf("a failed report changed the file: %v", err)
	}
	if left, _ := filepath.Glob(file + ".*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestTheReportIsServed(t *testing.T) {
	url := start(t)
	status, body := get(t, url+"/report")
	if status != http.StatusOK || !strings.Contains(body, "Regionale dekking") {
		t.Errorf("%d %.200s", status, body)
	}
	if _, start := get(t, url+"/"); !strings.Contains(start, `href="report"`) {
		t.Error("the start page has no link to the report")
	}
}
