package server

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/server/internal/filelock"
)

//go:embed pom.xml
var pom []byte

// Version returns the version of Neo4j that this package starts.
func Version() string {
	return string(regexp.MustCompile(`<neo4j.version>(.*)</neo4j.version>`).FindSubmatch(pom)[1])
}

// manifest is the file that lists the jars of an installation with their sizes.
const manifest = "jars.txt"

// Install makes sure that the jars are in the user's cache directory and returns their
// paths. Only the first call for a version needs Maven and the network. Processes that
// call it at the same time wait for the one that downloads; a download that breaks off is
// never taken for a complete one. Lines about the progress go to progress.
func Install(ctx context.Context, progress io.Writer) ([]string, error) {
	cache, err := cacheDir()
	if err != nil {
		return nil, graph.Wrap(graph.Internal, err, "no directory for Neo4j's jars can be made: set HOME or XDG_CACHE_HOME")
	}
	dir := filepath.Join(cache, "neo4j-"+Version())
	if jars, ok := installed(dir); ok {
		return jars, nil
	}
	mvn, err := findMaven()
	if err != nil {
		return nil, err
	}
	lock, err := filelock.Exclusive(ctx, dir+".lock")
	if err != nil {
		return nil, graph.Wrap(graph.Internal, err, "%s cannot be locked", dir)
	}
	defer func() { _ = lock.Unlock() }()
	if jars, ok := installed(dir); ok { // by whoever held the lock
		return jars, nil
	}
	if err := install(ctx, mvn, dir, progress); err != nil {
		return nil, err
	}
	jars, ok := installed(dir)
	if !ok {
		return nil, graph.Errorf(graph.Internal, "%s changed while it was written", dir)
	}
	return jars, nil
}

// cacheDir returns the directory that holds one installation a version.
func cacheDir() (string, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(base, "kennisgraaf")
	return dir, os.MkdirAll(dir, 0o755)
}

// install replaces dir whole.
func install(ctx context.Context, mvn, dir string, progress io.Writer) error {
	leftovers, _ := filepath.Glob(dir + ".partial-*") // of those who broke off: we hold the lock
	for _, d := range append(leftovers, dir) {
		if err := os.RemoveAll(d); err != nil {
			return graph.Wrap(graph.Internal, err, "%s cannot be removed", d)
		}
	}
	partial, err := os.MkdirTemp(filepath.Dir(dir), filepath.Base(dir)+".partial-")
	if err != nil {
		return graph.Wrap(graph.Internal, err, "Neo4j's jars cannot be stored")
	}
	defer func() { _ = os.RemoveAll(partial) }()
	begin := time.Now()
	if err := copyJars(ctx, mvn, partial, progress); err != nil {
		return err
	}
	if err = writeManifest(partial); err == nil {
		err = os.Rename(partial, dir)
	}
	if err != nil {
		return graph.Wrap(graph.Internal, err, "Neo4j's jars cannot be stored")
	}
	fmt.Fprintf(progress, "Neo4j %s is in %s (%.0f s)\n", Version(), dir, time.Since(begin).Seconds())
	return nil
}

// installed returns the jars of a complete installation, in a fixed order.
func installed(dir string) ([]string, bool) {
	list, err := os.ReadFile(filepath.Join(dir, manifest))
	if err != nil {
		return nil, false
	}
	var jars []string
	for line := range strings.Lines(string(list)) {
		var size int64
		var name string
		if _, err := fmt.Sscan(line, &size, &name); err != nil {
			return nil, false
		}
		jar := filepath.Join(dir, name)
		if info, err := os.Stat(jar); err != nil || info.Size() != size {
			return nil, false
		}
		jars = append(jars, jar)
	}
	return jars, len(jars) > 0
}

// writeManifest lists the jars in dir.
func writeManifest(dir string) error {
	jars, err := filepath.Glob(filepath.Join(dir, "*.jar"))
	if err != nil {
		return err
	}
	slices.Sort(jars)
	var list bytes.Buffer
	for _, jar := range jars {
		info, err := os.Stat(jar)
		if err != nil {
			return err
		}
		fmt.Fprintln(&list, info.Size(), filepath.Base(jar))
	}
	return os.WriteFile(filepath.Join(dir, manifest), list.Bytes(), 0o644)
}
