package text

import "strings"

// Part is a piece of a text, with whether a query's word hit it.
type Part struct {
	Text string
	Hit  bool
}

// Highlight cuts from s the stretch of about width bytes around the first word that
// one of the terms matches, and splits it into parts that are hit and parts that
// are not. It returns nil where nothing matches. Cuts fall between words and are
// marked with an ellipsis.
func Highlight(s string, terms []string, width int) []Part {
	s = strings.ToValidUTF8(s, "\uFFFD")
	words := Words(s)
	first := -1
	hits := make([]bool, len(words))
	for i, w := range words {
		if w.Term != "" && matchesAny(terms, w.Term) {
			hits[i] = true
			if first < 0 {
				first = i
			}
		}
	}
	if first < 0 {
		return nil
	}
	return parts(s, words, hits, window(words, first, width))
}

// window returns the half-open range of words to show.
func window(words []Word, first, width int) [2]int {
	lo, hi := first, first+1
	for hi < len(words) && words[hi].End-words[lo].Start <= width {
		hi++
	}
	for lo > 0 && words[hi-1].End-words[lo-1].Start <= width || lo > 0 && words[first].Start-words[lo-1].Start <= width/4 {
		lo--
	}
	return [2]int{lo, hi}
}

func parts(s string, words []Word, hits []bool, shown [2]int) []Part {
	start, end := words[shown[0]].Start, words[shown[1]-1].End
	prefix, suffix := "…", "…"
	if shown[0] == 0 {
		start, prefix = 0, ""
	}
	if shown[1] == len(words) {
		end, suffix = len(s), ""
	}
	var out []Part
	plain := prefix
	at := start
	for i := shown[0]; i < shown[1]; i++ {
		if !hits[i] {
			continue
		}
		plain += s[at:words[i].Start]
		if plain != "" {
			out = append(out, Part{Text: plain})
		}
		plain = ""
		out = append(out, Part{Text: s[words[i].Start:words[i].End], Hit: true})
		at = words[i].End
	}
	if plain += s[at:end] + suffix; plain != "" {
		out = append(out, Part{Text: plain})
	}
	return out
}

func matchesAny(terms []string, term string) bool {
	for _, t := range terms {
		if Match(t, term) {
			return true
		}
	}
	return false
}
