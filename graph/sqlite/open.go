package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// fileState is what a file turns out to be.
type fileState int

const (
	emptyFile fileState = iota
	ourFile
)

// Open opens the store in the file at path, which is made where there is none; its
// directory must exist. A file that cannot be this store's is refused with an error that
// says why, and is left as it was: it is looked at through a read-only connection first.
func Open(ctx context.Context, path string, model *graph.Model, options Options) (*Store, error) {
	options = options.withDefaults()
	if path == "" {
		return nil, graph.Errorf(graph.BadUserInput, "no database file is named; pass the path of one, such as kennisgraaf.db")
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, graph.Wrap(graph.BadUserInput, err, "%s is not a path", path)
	}
	size, err := checkPath(path)
	if err != nil {
		return nil, err
	}
	s, err := newStore(path, model, options)
	if err != nil {
		return nil, mapError(err)
	}
	if size > 0 {
		if err := s.inspect(ctx, size); err != nil {
			return nil, openError(path, err)
		}
	}
	if err := s.start(ctx); err != nil {
		_ = s.Close()
		return nil, openError(path, err)
	}
	return s, nil
}

// checkPath refuses what cannot be a database file, or cannot be written by its
// permissions, and returns the size of the file, 0 where there is none. The bits are
// looked at because the superuser could write regardless: a file that was made
// read-only is meant to stay as it is.
func checkPath(path string) (int64, error) {
	directory := filepath.Dir(path)
	info, err := os.Stat(directory)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, graph.Errorf(graph.BadUserInput, "the directory of %s does not exist; make it first, or name another file", path)
	case err != nil:
		return 0, graph.Wrap(graph.BadUserInput, err, "the directory of %s cannot be looked at; check its permissions", path)
	case !info.IsDir():
		return 0, graph.Errorf(graph.BadUserInput, "%s cannot be made, since %s is not a directory; name another file", path, directory)
	case info.Mode().Perm()&0o222 == 0 || !writable(directory):
		return 0, graph.Errorf(graph.BadUserInput, "the directory %s is read-only; the database %s needs to write beside its file: make the directory writable, or copy the file elsewhere", directory, path)
	}
	info, err = os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, nil
	case err != nil:
		return 0, graph.Wrap(graph.BadUserInput, err, "%s cannot be looked at; check its permissions", path)
	case info.IsDir():
		return 0, graph.Errorf(graph.BadUserInput, "%s is a directory; name a file in it", path)
	case !info.Mode().IsRegular():
		return 0, graph.Errorf(graph.BadUserInput, "%s is not a regular file; name another file", path)
	case info.Mode().Perm()&0o222 == 0 || !writable(path):
		return 0, errReadOnly(path)
	}
	return info.Size(), nil
}

func errReadOnly(path string) error {
	return graph.Errorf(graph.BadUserInput, "%s is read-only; make it writable, or open a copy of it", path)
}

// dsn names the file for the driver. The path is escaped, so that no character of it is
// read as an option.
func (s *Store) dsn(options string) string {
	u := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(s.path)}
	return u.String() + "?_defensive=1&_dqs=0&_error_rc=1&_pragma=busy_timeout(" +
		strconv.FormatInt(s.options.BusyTimeout.Milliseconds(), 10) + ")" + options
}

// inspect looks at a file that is there without changing it.
func (s *Store) inspect(ctx context.Context, size int64) error {
	options := "&mode=ro"
	if !exists(s.path+"-wal") && !exists(s.path+"-journal") {
		// Nobody is writing, so the file can be read as it lies, without the side files
		// that even a reader would make and leave behind.
		options += "&immutable=1"
	}
	c, err := s.dial(options)
	if err != nil {
		return err
	}
	defer func() { _ = c.close() }()
	state, err := look(ctx, c, s.path)
	if err != nil || state == emptyFile || s.options.CheckLimit < 0 || size > s.options.CheckLimit {
		return err
	}
	return c.query(ctx, "PRAGMA quick_check(1)", nil, func(row []driver.Value) error {
		if row[0] != "ok" {
			problem, _ := row[0].(string)
			return graph.Wrap(graph.Internal, errors.New(problem), "%s is damaged; restore it from a backup, or move it away and import the data again", s.path)
		}
		return nil
	})
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// look tells what the file is, going by the marks that every file of this store has.
func look(ctx context.Context, c *conn, path string) (fileState, error) {
	var marks [3]int64
	for i, sql := range []string{"SELECT COUNT(*) FROM sqlite_schema", "PRAGMA application_id", "PRAGMA user_version"} {
		row, err := c.one(ctx, sql)
		if err != nil {
			return 0, err
		}
		marks[i] = integer(row[0])
	}
	objects, application, version := marks[0], marks[1], marks[2]
	switch {
	case objects == 0 && application == 0 && version == 0:
		return emptyFile, nil
	case application != applicationID:
		return 0, graph.Errorf(graph.BadUserInput, "%s is a database of another program; name another file, it is left as it is", path)
	case version > schemaVersion:
		return 0, graph.Errorf(graph.BadUserInput, "%s was made by a newer version of this program (format %d, this one reads up to %d); use that version", path, version, schemaVersion)
	case version < schemaVersion:
		return 0, graph.Errorf(graph.BadUserInput, "%s has the unknown format %d; restore it from a backup", path, version)
	}
	return ourFile, nil
}

// openError names the file in an error of the driver.
func openError(path string, err error) error {
	var e *graph.Error
	if errors.As(err, &e) {
		return err
	}
	switch codeOf(err) {
	case codeNotADB:
		return graph.Wrap(graph.BadUserInput, err, "%s is not a database file; name another file, it is left as it is", path)
	case codeCorrupt:
		return graph.Wrap(graph.Internal, err, "%s is damaged; restore it from a backup, or move it away and import the data again", path)
	case codeBusy, codeLocked, codeProtocol:
		return graph.Wrap(graph.StoreUnavailable, err, "%s is locked by another process; stop that process, or try again when it is done", path)
	case codeReadOnly, codePerm:
		return graph.Wrap(graph.BadUserInput, err, "%s is read-only; make it and its directory writable, or open a copy of it", path)
	case codeCantOpen:
		return graph.Wrap(graph.BadUserInput, err, "%s cannot be opened for writing; check the permissions of the file and of its directory", path)
	case codeFull:
		return graph.Wrap(graph.StoreUnavailable, err, "the disk with %s is full; free some space and try again", path)
	}
	return mapError(err)
}
