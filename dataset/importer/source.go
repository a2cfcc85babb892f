package importer

import (
	"archive/zip"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/i-partnerschap/kennisgraaf/dataset"
)

// source is one file to read.
type source struct {
	// name is what messages call it; path decides by its ending what it holds.
	name string
	// size is how many bytes progress expects of it, those that are on disk.
	size int64
	open func() (io.ReadCloser, error)
}

// Limits on archives: what a file may unpack to. Text in the formats that are read here
// packs ten to thirty times smaller.
const (
	maxRatio   = 200
	freeBytes  = 16 << 20
	maxEntries = 1000
)

// sources lists the files that a path stands for.
func (i *importer) sources(name string) []source {
	if name == "-" {
		if i.Stdin == nil {
			i.fault(dataset.Faultf("-", 0, "", "there is no standard input to read"))
			return nil
		}
		return []source{{name: "(standard input)", open: func() (io.ReadCloser, error) { return io.NopCloser(i.Stdin), nil }}}
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		i.fault(dataset.Faultf(name, 0, "", "there is no such file or folder"))
		return nil
	case err != nil:
		i.fault(dataset.Faultf(name, 0, "", "it cannot be looked at: %v", errors.Unwrap(err)))
		return nil
	case info.IsDir():
		return i.folder(name)
	case !info.Mode().IsRegular() && info.Mode()&fs.ModeNamedPipe == 0:
		i.fault(dataset.Faultf(name, 0, "", "it is no ordinary file"))
		return nil
	case hasEnding(name, ".zip"):
		return i.archive(name)
	}
	open := func() (io.ReadCloser, error) { return os.Open(name) }
	return []source{{name, info.Size(), open}}
}

// endings are those of the files that a folder or archive is looked through for.
var endings = []string{".jsonl", ".ndjson", ".csv", ".tsv", ".json", ".jsonld", ".ttl", ".nt"}

func readable(name string) bool {
	return slices.ContainsFunc(endings, func(e string) bool { return hasEnding(strings.TrimSuffix(name, ".gz"), e) })
}

func hasEnding(name, ending string) bool {
	return strings.HasSuffix(strings.ToLower(name), ending)
}

// folder lists the files in a folder that can be read, in order of name.
func (i *importer) folder(name string) []source {
	entries, err := os.ReadDir(name)
	if err != nil {
		i.fault(dataset.Faultf(name, 0, "", "the folder cannot be read: %v", err))
		return nil
	}
	var all []source
	for _, e := range entries {
		if !e.IsDir() && readable(e.Name()) {
			all = append(all, i.sources(filepath.Join(name, e.Name()))...)
		}
	}
	if len(all) == 0 {
		i.fault(dataset.Faultf(name, 0, "", "the folder holds no file that can be read; files that can end in %s", strings.Join(endings, ", ")))
	}
	return all
}

// archive lists the files in a zip archive that can be read, in order of name. Nothing
// is unpacked to disk.
func (i *importer) archive(name string) []source {
	z, err := zip.OpenReader(name)
	if err != nil {
		i.fault(dataset.Faultf(name, 0, "", "it is no zip archive that can be read: %v", err))
		return nil
	}
	defer z.Close()
	if len(z.File) > maxEntries {
		i.fault(dataset.Faultf(name, 0, "", "the archive holds %d files; at most %d are read", len(z.File), maxEntries))
		return nil
	}
	var all []source
	for at, f := range z.File {
		if f.FileInfo().IsDir() || !readable(f.Name) || strings.HasPrefix(path.Base(f.Name), ".") {
			continue
		}
		all = append(all, source{name + "/" + f.Name, int64(f.CompressedSize64), func() (io.ReadCloser, error) { return openEntry(name, at) }})
	}
	if len(all) == 0 {
		i.fault(dataset.Faultf(name, 0, "", "the archive holds no file that can be read; files that can end in %s", strings.Join(endings, ", ")))
	}
	slices.SortFunc(all, func(a, b source) int { return strings.Compare(a.name, b.name) })
	return all
}

// openEntry opens a file in a zip archive by its number.
func openEntry(name string, number int) (io.ReadCloser, error) {
	z, err := zip.OpenReader(name)
	if err != nil {
		return nil, err
	}
	f, err := z.File[number].Open()
	if err != nil {
		return nil, errors.Join(err, z.Close())
	}
	limited := &bombGuard{in: f, limit: freeBytes + maxRatio*int64(z.File[number].CompressedSize64)}
	return closing{limited, []io.Closer{f, z}}, nil
}

// unpacked returns what a gzip file holds; packed counts what was read of the file.
func unpacked(in io.Reader, packed *counter) (io.Reader, error) {
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	return &bombGuard{in: z, limit: freeBytes, packed: packed}, nil
}

// errBomb ends the reading of a file that unpacks to far more than text does.
var errBomb = errors.New("it unpacks to more than 200 times its size, as no honest file does; unpack it yourself if it is one")

// bombGuard ends a reader that yields more than its limit, to which what was read of the
// packed file adds.
type bombGuard struct {
	in     io.Reader
	limit  int64
	packed *counter
	read   int64
}

// Read implements io.Reader.
func (g *bombGuard) Read(p []byte) (int, error) {
	n, err := g.in.Read(p)
	g.read += int64(n)
	limit := g.limit
	if g.packed != nil {
		limit += maxRatio * g.packed.n
	}
	if g.read > limit {
		return 0, errBomb
	}
	return n, err
}

// counter counts what is read, and tells the progress.
type counter struct {
	in   io.Reader
	n    int64
	tell func(int64)
}

// Read implements io.Reader.
func (c *counter) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.n += int64(n)
	c.tell(int64(n))
	return n, err
}

// closing is a reader that closes several things.
type closing struct {
	io.Reader
	all []io.Closer
}

// Close implements io.Closer.
func (c closing) Close() error {
	var errs []error
	for _, one := range c.all {
		errs = append(errs, one.Close())
	}
	return errors.Join(errs...)
}
