package server

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// fakes makes PATH a directory with these programs only, and the cache an empty one.
func fakes(t *testing.T, programs map[string]string) (bin, home string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the programs are shell scripts")
	}
	bin, home = t.TempDir(), t.TempDir()
	for name, script := range programs {
		if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", bin)
	t.Setenv("HOME", home)
	t.Setenv("XDG_CACHE_HOME", home)
	t.Setenv("JAVA_HOME", "")
	return bin, home
}

// What is missing is named, with the way to get it.
func TestMissing(t *testing.T) {
	const java17 = `echo 'openjdk version "17.0.15" 2025-04-15' >&2`
	for name, c := range map[string]struct {
		programs map[string]string
		want     []string
	}{
		"java":       {nil, []string{"needs Java", "openjdk-17-jre-headless", "JAVA_HOME"}},
		"old java":   {map[string]string{"java": `echo 'java version "1.8.0_402"' >&2`}, []string{"is Java 8,", "needs 17 or 21"}},
		"other java": {map[string]string{"java": "echo no"}, []string{"does not tell its version"}},
		"bad java":   {map[string]string{"java": "echo segfault; exit 3"}, []string{"does not run", "exit status 3: segfault"}},
		"maven":      {map[string]string{"java": java17}, []string{"needs Maven", "apt-get install maven"}},
		"network":    {map[string]string{"java": java17, "mvn": "echo '[ERROR] Unknown host repo.maven.apache.org'; exit 1"}, []string{"way to Maven Central", "Unknown host"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, home := fakes(t, c.programs)
			_, err := Start(t.Context(), Options{})
			if !errors.Is(err, ErrMissing) {
				t.Fatalf("got %v", err)
			}
			for _, w := range c.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%v\nwant %q", err, w)
				}
			}
			left, _ := filepath.Glob(filepath.Join(home, "*", "neo4j-*.partial-*"))
			if len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// Many that install at once fetch once; a damaged installation is fetched again.
func TestInstallOnce(t *testing.T) {
	bin, _ := fakes(t, map[string]string{"mvn": `
for arg; do case $arg in -DoutputDirectory=*) dir=${arg#-DoutputDirectory=};; esac; done
echo run >> "$0.runs"
echo '[INFO] Downloaded from central: x'
echo jar > "$dir/b.jar"
echo jar > "$dir/a.jar"`})
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			jars, err := Install(t.Context(), io.Discard)
			if err != nil || len(jars) != 2 || filepath.Base(jars[0]) != "a.jar" {
				t.Errorf("got %v %v", jars, err)
			}
		})
	}
	wait.Wait()
	runs := func() int {
		text, _ := os.ReadFile(filepath.Join(bin, "mvn.runs"))
		return strings.Count(string(text), "run")
	}
	if n := runs(); n != 1 {
		t.Errorf("Maven ran %d times", n)
	}
	jars, err := Install(t.Context(), io.Discard)
	if err != nil || runs() != 1 {
		t.Errorf("with the jars there, Maven ran %d times: %v", runs(), err)
	}
	if err := os.Truncate(jars[1], 1); err != nil {
		t.Fatal(err)
	}
	if _, err := Install(t.Context(), io.Discard); err != nil || runs() != 2 {
		t.Errorf("with half a jar, Maven ran %d times: %v", runs(), err)
	}
}

// What a broken download leaves is not taken for an installation, and goes with the next.
func TestInstallAfterBreak(t *testing.T) {
	bin, home := fakes(t, map[string]string{"mvn": `
for arg; do case $arg in -DoutputDirectory=*) dir=${arg#-DoutputDirectory=};; esac; done
echo jar > "$dir/a.jar"
test -e "$0.works"`})
	if _, err := Install(t.Context(), io.Discard); !errors.Is(err, ErrMissing) {
		t.Errorf("got %v", err)
	}
	leftover := filepath.Join(home, "kennisgraaf", "neo4j-"+Version()+".partial-1") // of a process that was killed
	if runtime.GOOS == "darwin" {
		leftover = filepath.Join(home, "Library", "Caches", leftover[len(home):])
	}
	if err := os.MkdirAll(leftover, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(bin, "mvn.works"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if jars, err := Install(t.Context(), io.Discard); err != nil || len(jars) != 1 {
		t.Errorf("got %v %v", jars, err)
	}
	if _, err := os.Stat(leftover); err == nil {
		t.Error("the leftover is still there")
	}
}

// The version is in pom.xml only.
func TestVersion(t *testing.T) {
	if v := Version(); !strings.HasPrefix(v, "5.26.") {
		t.Errorf("got %q", v)
	}
}
