package limits_test

import (
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"

	"github.com/i-partnerschap/kennisgraaf/web/limits"
)

type commandLine struct {
	Limits limits.Limits `embed:"" prefix:"limit-" group:"Limits"`
}

func parse(t *testing.T, args ...string) (limits.Limits, error) {
	t.Helper()
	var cli commandLine
	parser, err := kong.New(&cli, kong.Exit(func(int) { t.Error("kong wants to exit") }))
	if err != nil {
		t.Fatal(err)
	}
	_, err = parser.Parse(args)
	return cli.Limits, err
}

// The tags for the command line and Default say the same, and the environment sets a flag.
func TestFlags(t *testing.T) {
	got, err := parse(t)
	if diff := cmp.Diff(limits.Default(), got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	t.Setenv("IPG_LIMIT_COST", "77")
	got, err = parse(t, "--limit-depth=9", "--limit-time=3s")
	if err != nil || got.Cost != 77 || got.Depth != 9 || got.Time.Seconds() != 3 {
		t.Errorf("got %+v, %v", got, err)
	}
}

// A limit that makes no sense is refused at start, by its name.
func TestFlagsRefused(t *testing.T) {
	for _, c := range []struct{ flag, says string }{
		{"--limit-errors=0", "errors"}, {"--limit-page-default=2000", "page-max"}, {"--limit-depth=5000", "at most 1000"},
	} {
		if _, err := parse(t, c.flag); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.flag, err)
		}
	}
}
