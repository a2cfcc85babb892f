package bundle

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// contentTypes names the type of each kind of file that a bundle has. The mime package is not asked: it reads tables of the
// machine, and so could answer differently on each.
var contentTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json; charset=utf-8",
	".md":   "text/markdown; charset=utf-8",
	".ttf":  "font/ttf",
}

// file is one file, ready to be sent.
type file struct {
	gzipped      []byte
	contentType  string
	etag         string
	cacheControl string
}

// newFile describes a file by its name. Vite puts a hash of the content in the names below assets/, so those may be
// kept for ever; all else is asked after each time.
func newFile(name string, gzipped []byte) (file, error) {
	contentType, known := contentTypes[path.Ext(name)]
	if !known {
		return file{}, fmt.Errorf("%s: no content type is known for %q", name, path.Ext(name))
	}
	cacheControl := "no-cache"
	if strings.HasPrefix(name, "assets/") {
		cacheControl = "public, max-age=31536000, immutable"
	}
	sum := sha256.Sum256(gzipped)
	return file{
		gzipped:      gzipped,
		contentType:  contentType,
		etag:         `W/"` + hex.EncodeToString(sum[:12]) + `"`, // weak: one tag for both encodings
		cacheControl: cacheControl,
	}, nil
}

// serve answers a GET or HEAD with the file, or with 304 to a client that has it.
func (f file) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", f.cacheControl)
	h.Set("ETag", f.etag)
	h.Set("Vary", "Accept-Encoding")
	if matchesETag(r.Header.Get("If-None-Match"), f.etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", f.contentType)
	var body io.Reader = bytes.NewReader(f.gzipped)
	if acceptsGzip(r.Header.Values("Accept-Encoding")) {
		h.Set("Content-Encoding", "gzip")
		h.Set("Content-Length", strconv.Itoa(len(f.gzipped)))
	} else {
		unzipped, err := gzip.NewReader(body)
		if err != nil {
			http.Error(w, "the file is damaged", http.StatusInternalServerError)
			return
		}
		body = unzipped
	}
	if r.Method == http.MethodHead {
		return
	}
	_, _ = io.Copy(w, body) // a client that went away is not an error of ours
}

// matchesETag compares as If-None-Match asks: weakly, and any of a list.
func matchesETag(ifNoneMatch, etag string) bool {
	for candidate := range strings.SplitSeq(ifNoneMatch, ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == strings.TrimPrefix(etag, "W/") {
			return true
		}
	}
	return false
}

// acceptsGzip reports whether Accept-Encoding names gzip with a quality above zero.
func acceptsGzip(acceptEncoding []string) bool {
	for coding := range strings.SplitSeq(strings.Join(acceptEncoding, ","), ",") {
		name, parameters, _ := strings.Cut(coding, ";")
		if !strings.EqualFold(strings.TrimSpace(name), "gzip") {
			continue
		}
		quality, given := strings.CutPrefix(strings.ReplaceAll(parameters, " ", ""), "q=")
		if !given {
			return true
		}
		q, err := strconv.ParseFloat(quality, 64)
		return err == nil && q > 0
	}
	return false
}
