package bundle_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/i-partnerschap/kennisgraaf/web/bundle"
)

// The pages built with it have the tests of how files are served; these are of what goes wrong and of what is added.

func TestLoadRefusesWhatHasNoType(t *testing.T) {
	for name, wrong := range map[string]bool{"app/dist/a.js.gz": false, "app/dist/deep/a.css.gz": false, "app/dist/a.exe.gz": true, "app/dist/a": true} {
		_, err := bundle.Load(fstest.MapFS{name: {Data: []byte("x")}}, "app/dist")
		if (err != nil) != wrong {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := bundle.Load(fstest.MapFS{}, "dist"); err == nil {
		t.Error("a folder that is not there is no bundle")
	}
}

func TestAddedJSONIsServed(t *testing.T) {
	files := bundle.Files{}
	if err := files.AddJSON("words.json", map[string]string{"nl": "één"}); err != nil {
		t.Fatal(err)
	}
	if err := files.AddJSON("never.json", func() {}); err == nil {
		t.Error("a function is no JSON")
	}
	for path, want := range map[string]int{"/deep/page/words.json": 200, "/deep/page/never.json": 404, "/deep/page/": 404, "/deep/words.json": 404} {
		w := httptest.NewRecorder()
		files.Handler("/deep/page/", "default-src 'none'").ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		body, err := io.ReadAll(w.Result().Body)
		if err != nil || w.Code != want || (want == http.StatusOK) != strings.Contains(string(body), `{"nl":"één"}`) {
			t.Errorf("%s: %d %s %v", path, w.Code, body, err)
		}
	}
	w := httptest.NewRecorder()
	files.Handler("/deep/page/", "").ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/deep/page?x=1", nil))
	if to, err := w.Result().Location(); w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != "page/?x=1" {
		t.Errorf("%d to %v %v", w.Code, to, err)
	}
}
