package importer

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// hostile is a file that is broken, or that looks so. Want is part of what is said of it;
// "" is a file that is fine. Whole says that what is wrong has no line.
type hostile struct {
	name, file, content, want string
	whole                     bool
}

// good is a file of each format that is fine.
var good = []hostile{
	{file: "a.jsonl", content: `{"node":"Theme","id":"new","props":{"prefLabelNl":"Nieuw"}}` + "\n" + `{"edge":"BROADER","from":"new","to":"wide"}` + "\n"},
	{file: "themes.csv", content: "id,prefLabelNl,broader\nnew,Nieuw,wide\n"},
	{file: "a.ttl", content: turtleThemes},
	{file: "a.jsonld", content: jsonldThemes},
	{file: "ror.json", content: rorDump},
	{file: "works.jsonl", content: alexWork + "\n"},
}

func utf16le(s string) string {
	var b bytes.Buffer
	b.WriteString("\xff\xfe")
	for _, u := range utf16.Encode([]rune(s)) {
		_ = binary.Write(&b, binary.LittleEndian, u)
	}
	return b.String()
}

func utf16be(s string) string {
	var b bytes.Buffer
	b.WriteString("\xfe\xff")
	for _, u := range utf16.Encode([]rune(s)) {
		_ = binary.Write(&b, binary.BigEndian, u)
	}
	return b.String()
}

func gzipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.String()
}

func zipped(files ...string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, _ := w.Create(files[i])
		_, _ = f.Write([]byte(files[i+1]))
	}
	_ = w.Close()
	return b.String()
}

// encodings spoils the encoding of each good file.
func encodings() (all []hostile) {
	for _, g := range good {
		add := func(what, content, want string, whole bool) {
			all = append(all, hostile{what + " " + g.file, g.file, content, want, whole})
		}
		add("fine", g.content, "", false)
		add("with a byte order mark", "\ufeff"+g.content, "", false)
		add("with CRLF", strings.ReplaceAll(g.content, "\n", "\r\n"), "", false)
		add("packed", gzipped(g.content), "", false)
		add("empty", "", "is empty", false)
		add("only space", " \n\n\t\n", "is empty", false)
		add("only a byte order mark", "\ufeff", "is empty", false)
		add("UTF-16 little end", utf16le(g.content), "UTF-16", false)
		add("UTF-16 big end", utf16be(g.content), "UTF-16", false)
		add("NUL", "\x00"+g.content, "NUL", false)
		add("UTF-16 without a mark", utf16le(g.content)[2:], "NUL", false)
		add("a workbook", zipped("xl/workbook.xml", "<x/>"), "workbook", false)
		add("packed and cut", gzipped(strings.Repeat(g.content, 50))[:60], "", true)
		add("a packed bomb", gzipped(strings.Repeat(" ", 64<<20)), "unpacks", true)
	}
	for i := range all { // what a cut archive holds before its end differs
		if strings.HasPrefix(all[i].name, "packed and cut") {
			all[i].want = "cannot be read to its end|begins as a gzip|is empty|JSON|Turtle|UTF-16|NUL"
		}
		if strings.HasPrefix(all[i].name, "a packed bomb") {
			all[i].want = "unpacks|is empty|JSON|longer than|holds no"
		}
	}
	return all
}

// lines are lines of the exchange format with what is said of them; each is the third
// line of a file.
var lines = [][2]string{
	{`{`, "does not end"}, {`}`, "invalid"}, {`[]`, "want an object"}, {`null`, "want an object"}, {`"text"`, "want an object"}, {`7`, "want an object"},
	{`{"node":"Theme"}`, `"id" is missing`}, {`{"node":"Theme","id":""}`, "not empty"}, {`{"node":"Theme","id":7}`, "must be text"},
	{`{"node":"Theme","id":"x","props":{"prefLabelNl":"X"},"extra":1}`, "unknown key"}, {`{"node":"Theme","id":"x","id":"y"}`, "twice"},
	{`{"node":"Thing","id":"x"}`, "no type"}, {`{"node":"theme","id":"x"}`, "no type"}, {`{"edge":"NEAR","from":"wide","to":"narrow"}`, "no relation"},
	{`{"node":"Theme","id":"x y","props":{"prefLabelNl":"X"}}`, "white space"}, {`{"node":"Theme","id":" x","props":{"prefLabelNl":"X"}}`, "white space"},
	{`{"node":"Theme","id":"` + strings.Repeat("x", 1000) + `","props":{"prefLabelNl":"X"}}`, "is the most"},
	{`{"node":"Theme","id":"x\u0000","props":{"prefLabelNl":"X"}}`, "control"}, {`{"node":"Theme","id":"x\u001b[2J","props":{"prefLabelNl":"X"}}`, "control"},
	{`{"node":"Theme","id":"x"}`, "required"}, {`{"node":"Theme","id":"x","props":{"prefLabelNl":null}}`, "required"},
	{`{"node":"Theme","id":"wide","props":{"prefLabelNl":null}}`, "required"}, {`{"node":"Theme","id":"x","props":{"prefLabelNl":""}}`, "empty"},
	{`{"node":"Theme","id":"x","props":{"prefLabelNl":" X"}}`, "space"}, {`{"node":"Theme","id":"x","props":{"prefLabelNl":7}}`, "wrong kind"},
	{`{"node":"Theme","id":"x","props":{"prefLabelNl":["X"]}}`, "wrong kind"}, {`{"node":"Theme","id":"x","props":{"prefLabelNl":{"a":1}}}`, "not an object"},
	{`{"node":"Theme","id":"x","props":{"prefLabelNl":"X","altLabelsNl":"a"}}`, ""}, {`{"node":"Theme","id":"x","props":{"prefLabelNl":"X","altLabelsNl":[1]}}`, "text only"},
	{`{"node":"Theme","id":"x","props":{"prefLabelNl":"X","altLabelsNl":["a","a"]}}`, "twice"}, {`{"node":"Theme","id":"x","props":{"prefLabelNl":"X","altLabelsNl":[["a"]]}}`, "text only"},
	{`{"node":"Theme","id":"x","props":{"prefLabelNl":"X","level":1.5}}`, "wrong kind"}, {`{"node":"Theme","id":"x","props":{"prefLabelNl":"X","level":1e400}}`, "range"},
	{`{"node":"Theme","id":"x","props":{"prefLabelNl":"X","level":99999999999999999999}}`, "range"}, {`{"node":"Theme","id":"x","props":{"prefLabelNl":"X","level":3000000000}}`, "too large"},
	{`{"node":"Theme","id":"x","props":{"prefLabelNl":"X","level":1e0}}`, ""}, {`{"node":"Theme","id":"x","props":{"prefLabelNl":"X","colour":"red"}}`, "no such property"},
	{`{"node":"Theme","id":"x","props":{"prefLabelNl":"X","id":"y"}}`, "no such property"}, {`{"node":"Theme","id":"x","props":{"prefLabelNl":"X","__proto__":"y"}}`, "no such property"},
	{`{"node":"Theme","id":"x","props":{"prefLabelNl":"X","createdAt":"yesterday"}}`, "createdAt"}, {`{"node":"Theme","id":"x","props":{"prefLabelNl":"X","updatedAt":7}}`, "updatedAt"},
	{`{"node":"Theme","id":"saxion","props":{"prefLabelNl":"X"}}`, "type Institution"}, {`{"node":"Theme","id":"new","props":{"prefLabelNl":"X"}}`, "already"},
	{`{"node":"Institution","id":"x","props":{"name":"X","kind":"SCHOOL"}}`, "HOGESCHOOL"}, {`{"node":"Institution","id":"x","props":{"name":"X","kind":"UNIVERSITY","lat":91}}`, "between -90 and 90"},
	{`{"node":"Institution","id":"x","props":{"name":"X","kind":"UNIVERSITY","lat":"52"}}`, "wrong kind"}, {`{"node":"Institution","id":"x","props":{"name":"X","kind":"UNIVERSITY","lat":52}}`, ""},
	{`{"node":"Institution","id":"x","props":{"name":"X","kind":"UNIVERSITY","website":"x.nl"}}`, "website"}, {`{"node":"Institution","id":"x","props":{"name":"X","kind":"UNIVERSITY","website":"javascript:alert(1)"}}`, "website"},
	{`{"node":"Institution","id":"x","props":{"name":"X","kind":"UNIVERSITY","ror":"https://ror.org/005t9n461"}}`, "ror"}, {`{"node":"Institution","id":"x","props":{"name":"X","kind":"UNIVERSITY","ror":"https://ror.org/005t9n460"}}`, "has this ror"},
	{`{"node":"Person","id":"x","props":{"name":"X","roles":["BAAS"]}}`, "roles"}, {`{"node":"Person","id":"x","props":{"name":"X","email":"nope"}}`, "email"},
	{`{"node":"Person","id":"x","props":{"name":"X","orcid":"0000-0002-1825-0098"}}`, "orcid"}, {`{"node":"Person","id":"x","props":{"name":"X","orcid":"0000-0002-1825-0097"}}`, "has this orcid"},
	{`{"node":"Lectoraat","id":"x","props":{"name":"X","validFrom":"2021-02-31"}}`, "validFrom"}, {`{"node":"Lectoraat","id":"x","props":{"name":"X","validFrom":"31-02-2021"}}`, "validFrom"},
	{`{"node":"Lectoraat","id":"x","props":{"name":"X","validFrom":"2021-01-02","validUntil":"2021-01-01"}}`, "lies before"}, {`{"node":"Lectoraat","id":"l1","props":{"validUntil":"2019-01-01"}}`, "lies before"},
	{`{"node":"Publication","id":"x","props":{"title":"X","doi":"11.1/x"}}`, "doi"}, {`{"node":"Publication","id":"x","props":{"title":"` + strings.Repeat("x", 2000) + `"}}`, "is the most"},
	{`{"node":"Publication","id":"x","props":{"title":"X","abstract":"` + strings.Repeat("x", 60000) + `"}}`, "is the most"},
	{`{"node":"Publication","id":"x","props":{"title":"=cmd|' /C calc'!A0"}}`, ""}, {`{"node":"Publication","id":"x","props":{"title":"'; DROP TABLE node; --"}}`, ""},
	{`{"node":"Publication","id":"x","props":{"title":"<script>alert(1)</script>"}}`, ""}, {`{"node":"Publication","id":"x","props":{"title":"\ud800"}}`, "U+FFFD"},
	{`{"edge":"BROADER","from":"nobody","to":"wide"}`, `"nobody"`}, {`{"edge":"BROADER","from":"new","to":"nobody"}`, `"nobody"`}, {`{"edge":"BROADER","from":"wide"}`, `"to" is missing`},
	{`{"edge":"BROADER","from":"wide","to":"wide"}`, "itself"}, {`{"edge":"BROADER","from":"wide","to":"narrow"}`, "circle"}, {`{"edge":"BROADER","from":"wide","to":"new"}`, "circle"},
	{`{"edge":"BROADER","from":"new","to":"narrow"}`, "one at most"}, {`{"edge":"BROADER","from":"new","to":"wide"}`, "already"}, {`{"edge":"PART_OF","from":"l1","to":"ut"}`, "one at most"},
	{`{"edge":"LEADS","from":"l1","to":"p1"}`, "LEADS"}, {`{"edge":"LEADS","from":"p1","to":"saxion"}`, "LEADS"}, {`{"edge":"LEADS","from":"p1","to":"l1","props":{"since":"2021-02-30"}}`, "since"},
	{`{"edge":"LEADS","from":"p1","to":"l1","props":{"since":"2021-02-03","until":"2020-01-01"}}`, "lies before"}, {`{"edge":"LEADS","from":"p1","to":"l1","props":{"level":"x"}}`, "no such property|no properties|has no"},
	{`{"edge":"PART_OF","from":"l1","to":"saxion","props":{"since":"2021-01-01"}}`, "since"}, {`{"edge":"EXPERT_IN","from":"p1","to":"wide","props":{"level":"HERO"}}`, "level"},
	{`{"edge":"broader","from":"new","to":"wide"}`, "no relation"}, {`{"node":"Theme","edge":"BROADER","id":"x"}`, "either"},
	{"{\"node\":\"Theme\",\"id\":\"x\",\"props\":{\"prefLabelNl\":\"\xe9\"}}", "UTF-8"}, {"{\"node\":\"Theme\",\"id\":\"x\",\"props\":{\"prefLabelNl\":\"a\x00b\"}}", "NUL|invalid character"},
	{strings.Repeat(`{"a":`, 100_000), "unknown key"}, {strings.Repeat(`[`, 100_000), "want an object"}, {`{"node":"Theme","id":"x","props":{"prefLabelNl":` + strings.Repeat("[", 100_000), "text only"},
	{strings.Repeat("x", 2<<20), "longer than"},
}

// tables are CSV files with what is said of them.
var tables = [][3]string{
	{"themes.csv", "id;prefLabelNl\nx;X\n", ""}, {"themes.csv", "id\tprefLabelNl\nx\tX\n", ""}, {"themes.tsv", "id\tprefLabelNl\nx\tX\n", ""},
	{"themes.csv", "id|prefLabelNl\nx|X\n", "no property"}, {"themes.csv", "id,prefLabelNl\nx;X\n", "the row has 1 cells and the header 2"}, {"themes.csv", "id,prefLabelNl\nx,X,y\n", "3 cells"},
	{"themes.csv", "id,prefLabelNl\nx,\"X\n", "quote"}, {"themes.csv", "id,prefLabelNl\nx,a\"b\n", "quote"}, {"themes.csv", "id,prefLabelNl\nx,\"a\"b\n", "quote"}, {"themes.csv", "\"id,prefLabelNl\nx,X\n", "quote"},
	{"themes.csv", "id,prefLabelNl\nx,\"a \"\"b\"\", c\"\n", ""}, {"themes.csv", "id,prefLabelNl,prefLabelNl\nx,X,Y\n", "both the prefLabelNl"}, {"themes.csv", "id,prefLabelNl,Pref Label NL\nx,X,Y\n", "both the prefLabelNl"},
	{"themes.csv", "id,id,prefLabelNl\nx,y,X\n", "both the id"}, {"themes.csv", "id,prefLabelNl,\nx,X,y\n", "no header"}, {"themes.csv", "id,prefLabelNl,kleur\nx,X,rood\n", "--map"},
	{"themes.csv", "prefLabelNl\n", "!"}, {"themes.csv", "id,prefLabelNl\n", "!"}, {"themes.csv", "id,prefLabelNl\n,\n", "!"}, {"themes.csv", "id,prefLabelNl\n\n\nx,X\n\n", ""}, {"themes.csv", "id,prefLabelNl\nx,X", ""},
	{"themes.csv", "id,prefLabelNl\nx,X\nx,Y\n", "already"}, {"themes.csv", "id,prefLabelNl\nx,\n", "required"}, {"themes.csv", "id,level\nx,1\n", "required"}, {"themes.csv", "id,level\nwide,1\n", ""},
	{"themes.csv", "id,prefLabelNl,level\nx,X,1.5\n", "whole number"}, {"themes.csv", "id,prefLabelNl,level\nx,X,een\n", "whole number"}, {"themes.csv", "id,prefLabelNl,level\nx,X,99999999999999999999\n", "whole number"}, {"themes.csv", "id,prefLabelNl,level\nx,X,-1\n", "the least is 1"}, {"institutions.csv", "id,name,kind,lat\nx,X,UNIVERSITY,-5.5\n", ""},
	{"themes.csv", "id,prefLabelNl\n\"x y\",X\n", "white space"}, {"themes.csv", "id,prefLabelNl\nx,\xe9\xe8\n", "UTF-8"}, {"themes.csv", "id,pr\xe9f\nx,X\n", "UTF-8"}, {"themes.csv", "id,prefLabelNl,altLabelsNl\nx,X,a|b|c\n", ""},
	{"themes.csv", "id,prefLabelNl,altLabelsNl\nx,X,a|a\n", "twice"}, {"themes.csv", "id,prefLabelNl,broader\nx,X,nobody\n", "nobody"}, {"themes.csv", "id,prefLabelNl,broader\nx,X,wide|narrow\n", "one at most"},
	{"themes.csv", "id,prefLabelNl,broader\nx,X,y\ny,Y,x\n", "circle"}, {"themes.csv", "id,prefLabelNl\nx,'=1+1\n", ""}, {"themes.csv", "id,prefLabelNl\nx,=1+1\n", ""}, {"themes.csv", "id,prefLabelNl\nx,@SUM(A1)\n", ""},
	{"themes.csv", "prefLabelNl\n!!!\n", "no id"}, {"themes.csv", "prefLabelNl\nÉén thema\n", ""}, {"things.csv", "id,name\nx,X\n", "--type"}, {".csv", "id,name\nx,X\n", "--type"}, {"themes.csv", "\n\n\n", "is empty"},
	{"institutions.csv", "id,name,kind,lat\nx,X,hogeschool,52.1\n", ""}, {"institutions.csv", "id,name,kind,lat\nx,X,HOGESCHOOL,\"52,1\"\n", "with a point"}, {"institutions.csv", "id,name,kind,lat\nx,X,HOGESCHOOL,NaN\n", "number"},
	{"institutions.csv", "id,name,kind,lat\nx,X,HOGESCHOOL,Inf\n", "number"}, {"institutions.csv", "id,name,kind,lat\nx,X,HOGESCHOOL,0x10\n", "number"}, {"institutions.csv", "id,name,kind,lat\nx,X,HOGESCHOOL,1e999\n", "number"}, {"institutions.csv", "id,name,kind\nx,X,school\n", "HOGESCHOOL"},
	{"lectoraten.csv", "id,name,validFrom\nx,X,31-02-2021\n", "does not exist"}, {"lectoraten.csv", "id,name,validFrom\nx,X,2021-02-31\n", "validFrom"}, {"lectoraten.csv", "id,name,validFrom\nx,X,28-02-2021\n", ""}, {"lectoraten.csv", "id,name,validFrom\nx,X,1-2-2021\n", ""},
	{"lectoraten.csv", "id,name,validFrom\nx,X,02/28/2021\n", "validFrom"}, {"lectoraten.csv", "id,name,validFrom\nx,X,44256\n", "validFrom"}, {"lectoraten.csv", "id,name,validFrom\nx,X,0000-00-00\n", "validFrom"}, {"lectoraten.csv", "id,name,geldig vanaf,geldig tot\nx,X,2021-02-02,2021-01-01\n", "lies before"},
	{"fieldlabs.csv", "id,name,ofPartnership\nx,X,ja\n", ""}, {"fieldlabs.csv", "id,name,ofPartnership\nx,X,misschien\n", "ja or nee"}, {"people.csv", "id,name,email\nx,X,nope\n", "email"}, {"people.csv", "id,name,orcid\nx,X,0000-0002-1825-0098\n", "orcid"},
	{"people.csv", "name,orcid\nX,0000-0002-1825-0097\n", ""}, {"people.csv", "id,name,orcid\nx,X,0000-0001-5109-3700\ny,Y,0000-0001-5109-3700\n", "same orcid"},
	{"relations.csv", "from,type,to\nnarrow,RELATED,wide\n", ""}, {"relations.csv", "from,type,to\nnarrow,related,wide\n", ""}, {"relations.csv", "from,to\nnarrow,wide\n", "column type"}, {"relations.csv", "from,type,to\nnarrow,RELATED,\n", "is empty"},
	{"relations.csv", "from,type,to\nnarrow,NEAR,wide\n", "no relation"}, {"relations.csv", "from,type,to\nnarrow,RELATED,nobody\n", "nobody"}, {"relations.csv", "from,type,to\nnarrow,RELATED,wide\nwide,RELATED,narrow\n", "already"},
	{"relations.csv", "from,type,to,since\np1,LEADS,l1,31-02-2021\n", "does not exist"}, {"relations.csv", "from,type,to,kleur\np1,LEADS,l1,rood\n", "--map"}, {"relations.csv", "from,type,to,level\np1,LEADS,l1,EXPERT\n", "level"},
	{"themes.csv", "id,prefLabelNl\nx,\"" + strings.Repeat("y", 5<<20) + "\n", "longer than"}, {"themes.csv", "id,prefLabelNl\nx,\"" + strings.Repeat("y\n", 3<<20) + "\"\n", "longer than"},
	{"themes.csv", strings.Repeat("id,", 100_000) + "prefLabelNl\n", "id"},
}

// graphs are files of the other formats with what is said of them.
var graphs = [][3]string{
	{"a.ttl", "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<http://x/a> a skos:Concept .\n", "no preferred label"}, {"a.ttl", "<http://x/a> skos:prefLabel \"x\"@nl .\n", "Turtle"}, {"a.ttl", "<http://x/a> <http://x/b>", "Turtle"},
	{"a.ttl", "<http://x/a> <http://x/b> \"open .\n", "Turtle"}, {"a.ttl", "<http://x/a> <http://x/b> <http://x/c> .\n", "no SKOS"}, {"a.ttl", "# nothing\n", "no SKOS"}, {"a.ttl", "\x01\x02\x03", "Turtle"},
	{"a.ttl", "@prefix s: <http://www.w3.org/2004/02/skos/core#> .\n<http://x/a> s:prefLabel \"A\"@nl , \"B\"@nl .\n", "two preferred"}, {"a.ttl", "@prefix s: <http://www.w3.org/2004/02/skos/core#> .\n<http://x/a> s:prefLabel \"A\"@nl ; s:broader <http://x/b> .\n<http://x/b> s:prefLabel \"B\"@nl ; s:broader <http://x/a> .\n", "circle"},
	{"a.ttl", "@prefix s: <http://www.w3.org/2004/02/skos/core#> .\n<http://x/a> s:prefLabel \"A\"@nl ; s:broader <http://x/nobody> .\n", "nobody"}, {"a.ttl", "@prefix s: <http://www.w3.org/2004/02/skos/core#> .\n<http://x/a> s:prefLabel \"A\"@nl ; s:broader \"wide\" .\n", "is a text"}, {"a.ttl", "@prefix s: <http://www.w3.org/2004/02/skos/core#> .\n<http://x/a> s:prefLabel \"A\"@en .\n", ""},
	{"a.jsonld", `{"@context":"https://example.org/context","@graph":[]}`, "fetched"}, {"a.jsonld", `{"@context":`, "JSON is broken"}, {"a.jsonld", `{"@context":7}`, "JSON-LD"}, {"a.jsonld", `[]`, "no SKOS"}, {"a.jsonld", `7`, "JSON-LD|no SKOS"}, {"a.jsonld", strings.Repeat("[", 200_000), "JSON is broken"},
	{"a.jsonld", `{"@context":{"skos":"http://www.w3.org/2004/02/skos/core#"},"@id":"http://x/a","@type":"skos:Concept"}`, "no preferred label"}, {"a.jsonld", `{"@context":{"a":"b","b":"a"},"@id":"a:x","a:y":1}`, "JSON-LD|no SKOS"}, {"a.jsonld", "{\"@id\":\"\xff\"}", "UTF-8"},
	{"r.json", `[{"id":"https://ror.org/1"`, "JSON is broken"}, {"r.json", `[{"id":"https://ror.org/05","names":"x"}]`, "schema 2"}, {"r.json", "[\n{\"x\":\"ror.org/\"}]", "no id"}, {"r.json", `[7,"ror.org/"]`, "schema 2"}, {"r.json", `{"a":1}`, "unknown key"}, {"r.json", `[1,2]`, "no kind that is known"}, {"r.json", `["ror.org/"` + strings.Repeat("[", 100_000), "JSON is broken|schema 2"},
	{"w.jsonl", `{"id":"https://openalex.org/W1"`, "OpenAlex"}, {"w.jsonl", `{"id":"https://openalex.org/T1","display_name":"x"}`, "no id of a work"}, {"w.jsonl", `{"id":"https://openalex.org/W1","display_name":7}`, "OpenAlex"}, {"w.jsonl", `{"id":"https://openalex.org/W1","display_name":"x","doi":"nonsense"}`, "doi"},
	{"w.jsonl", `{"id":"https://openalex.org/W1","display_name":"x","publication_date":"2021-02-31"}`, "publishedOn"}, {"w.jsonl", `{"id":"https://openalex.org/A1","display_name":"x","orcid":"https://orcid.org/0000-0002-1825-0098"}`, "orcid"}, {"w.jsonl", `{"id":"https://openalex.org/W1","display_name":"x","abstract_inverted_index":{"a":[999999999]}}`, ""}, {"w.jsonl", `{"id":"https://openalex.org/W1","display_name":"x","abstract_inverted_index":{"a":[-1]}}`, ""},
	{"a.bin", "\x89PNG\r\n\x1a\nxxxx", "cannot be told"}, {"a.txt", "hello", "cannot be told"}, {"a.zip", "PK\x03\x04 not really", "zip"}, {"a.zip", zipped("readme.txt", "x"), "holds no file"}, {"a.zip", zipped("themes.csv", "id,prefLabelNl\nx,X\n"), ""},
	{"a.zip", zipped("../themes.csv", "id,prefLabelNl\nx,X\n"), ""}, {"a.zip", zipped("a/themes.csv", "id,prefLabelNl\nx,\n"), "required"}, {"a.zip", zipped("themes.csv", "id,prefLabelNl\n"+strings.Repeat("\n", 48<<20)), "unpacks|longer than"}, {"a.zip", zipped("inner.zip", zipped("themes.csv", "x")), "holds no file"}, {"a.zip", zipped(), "holds no file|zip"},
}

// hostiles lists all files.
func hostiles() []hostile {
	all := encodings()
	for n, l := range lines {
		content := good[0].content + l[0] + "\n"
		all = append(all, hostile{name: fmt.Sprintf("line %d", n), file: "a.jsonl", content: content, want: l[1]})
	}
	for n, c := range append(tables, graphs...) {
		all = append(all, hostile{name: fmt.Sprintf("table %d %s", n, c[0]), file: c[0], content: c[1], want: c[2], whole: n >= len(tables)})
	}
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 20 { // noise, in every format
		noise := make([]byte, 5000)
		for at := range noise {
			noise[at] = byte(1 + random.IntN(255))
		}
		g := good[n%len(good)]
		at := random.IntN(len(g.content))
		all = append(all, hostile{name: fmt.Sprintf("noise %d in %s", n, g.file), file: g.file, content: g.content[:at] + string(noise), want: "?"})
	}
	return all
}

// Each broken file is a clear error that names the file, and the line where there is one,
// and leaves the store as it was; each other one is taken in.
func TestHostileFiles(t *testing.T) {
	all := hostiles()
	if len(all) < 200 {
		t.Fatalf("only %d files", len(all))
	}
	store, model := open(t)
	for _, h := range all {
		t.Run(h.name, func(t *testing.T) { h.try(t, store, model) })
	}
}

func (h hostile) try(t *testing.T, store graph.Store, model *graph.Model) {
	path := write(t, h.file, h.content)
	before := position(t, store)
	if h.want == "" || h.want == "!" {
		result, err := Run(t.Context(), store, model, []string{path}, Options{DryRun: true})
		if err != nil || h.want == "" && result.Nodes.Total()+result.Relations.Total() == 0 {
			t.Fatalf("%v: %+v %v", err, result.Nodes, result.Faults)
		}
		return
	}
	result, err := Run(t.Context(), store, model, []string{path}, Options{})
	if position(t, store) != before {
		t.Fatal("the store changed")
	}
	if graph.CodeOf(err) != graph.BadUserInput || err == nil || result.FaultCount == 0 {
		t.Fatalf("no fault was found: %v %+v %+v", err, result.Nodes, result.Relations)
	}
	fitting := false
	for _, f := range result.Faults {
		if !strings.HasPrefix(f.Error(), path) || len(f.Error()) > len(path)+2000 {
			t.Errorf("the message does not begin with the file, or is very long: %.500s", f)
		}
		for part := range strings.SplitSeq(h.want, "|") {
			named := f.Line > 0 || h.whole
			fitting = fitting || named && strings.Contains(f.Error(), part) || h.want == "?"
		}
	}
	if !fitting {
		t.Errorf("none of the messages says %q with a line: %.2000v", h.want, result.Faults)
	}
}

// What is not there, or no file, is said to be so.
func TestHostilePaths(t *testing.T) {
	store, model := open(t)
	dir := t.TempDir()
	locked := filepath.Join(dir, "locked.jsonl")
	if err := os.WriteFile(locked, nil, 0o000); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(dir, "missing.jsonl"): "no such file", t.TempDir(): "no file that can be read", "-": "standard input", os.DevNull: "no ordinary file", locked: "empty|opened",
	} {
		result, err := Run(t.Context(), store, model, []string{path}, Options{})
		if err == nil || len(result.Faults) != 1 || !strings.Contains(want, "|") && !strings.Contains(result.Faults[0].Error(), want) {
			t.Errorf("%s: %v %v", path, err, result.Faults)
		}
	}
	folder := t.TempDir()
	for _, g := range good[:2] {
		if err := os.WriteFile(filepath.Join(folder, g.file), []byte(strings.ReplaceAll(g.content, "new", strings.ReplaceAll(g.file, ".", "-"))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if did := imported(t, store, model, Options{}, folder); did.Nodes != (Counts{Created: 2}) {
		t.Errorf("a folder: %+v", did.Nodes)
	}
}

// A line of 100 MB is passed over in a memory that does not grow with it, and what stands
// after it is read.
func TestHugeLine(t *testing.T) {
	store, model := open(t)
	path := write(t, "a.jsonl", strings.Repeat("x", 100<<20)+"\n"+`{"node":"Thing","id":"x"}`+"\n")
	result, err := Run(t.Context(), store, model, []string{path}, Options{})
	if err == nil || result.FaultCount != 2 || result.Faults[0].Line != 1 || result.Faults[1].Line != 2 {
		t.Errorf("got %v, %v", err, result.Faults)
	}
}

// All faults are counted, and the first thousand told.
func TestManyFaults(t *testing.T) {
	store, model := open(t)
	path := write(t, "a.jsonl", strings.Repeat(`{"node":"Thing","id":"x"}`+"\n", 2*MaxFaults))
	result, err := Run(t.Context(), store, model, []string{path}, Options{})
	if err == nil || result.FaultCount != 2*MaxFaults || len(result.Faults) != MaxFaults {
		t.Errorf("got %v, %d of %d", err, len(result.Faults), result.FaultCount)
	}
}
