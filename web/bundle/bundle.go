// Package bundle serves a page that Vite has built and the binary embeds: each file is kept in gzip form only, what has
// the hash of its content in its name may be kept for ever, and all else is asked after each time.
package bundle

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// Files are the files of one page by their path below the place where it is mounted. They are filled at start and only
// read afterwards, so they may be served to many at once.
type Files map[string]file

// Load reads what pack.js has left in dir of dist. It returns an error for a file whose type it does not know.
func Load(dist fs.FS, dir string) (Files, error) {
	files := Files{}
	return files, fs.WalkDir(dist, dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(dist, name)
		if err != nil {
			return err
		}
		name = strings.TrimSuffix(strings.TrimPrefix(name, dir+"/"), ".gz")
		files[name], err = newFile(name, content)
		return err
	})
}

// AddJSON adds a value as a file of JSON, such as "examples.json".
func (f Files) AddJSON(name string, value any) error {
	var zipped bytes.Buffer
	zipper := gzip.NewWriter(&zipped)
	if err := json.NewEncoder(zipper).Encode(value); err != nil {
		return err
	}
	if err := zipper.Close(); err != nil {
		return err
	}
	added, err := newFile(name, zipped.Bytes())
	f[name] = added
	return err
}

// Handler serves the files below mount ("/playground/"), index.html at mount itself, with the given
// Content-Security-Policy. It answers GET and HEAD, sends mount without its last slash on to mount, and answers 404 for
// every path that it does not have.
func (f Files) Handler(mount, policy string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		SetSecurityHeaders(w, policy)
		if !AllowRead(w, r) {
			return
		}
		if r.URL.Path+"/" == mount {
			redirectTo(path.Base(mount)+"/", w, r)
			return
		}
		name, below := strings.CutPrefix(r.URL.Path, mount)
		if name == "" {
			name = "index.html"
		}
		file, found := f[name]
		if !below || !found {
			http.NotFound(w, r)
			return
		}
		file.serve(w, r)
	})
}

// redirectTo sends a relative address, which stays right behind a proxy that adds a prefix.
func redirectTo(target string, w http.ResponseWriter, r *http.Request) {
	if r.URL.RawQuery != "" {
		target += "?" + r.URL.RawQuery
	}
	w.Header().Set("Location", target)
	w.WriteHeader(http.StatusMovedPermanently)
}

// SetSecurityHeaders sets the headers that every answer of a page carries.
func SetSecurityHeaders(w http.ResponseWriter, contentSecurityPolicy string) {
	h := w.Header()
	h.Set("Content-Security-Policy", contentSecurityPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
}

// AllowRead reports whether the request only reads; if not, it has answered 405.
func AllowRead(w http.ResponseWriter, r *http.Request) bool {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return true
	}
	w.Header().Set("Allow", "GET, HEAD")
	http.Error(w, "this page can only be read: use GET or HEAD", http.StatusMethodNotAllowed)
	return false
}
