package transport

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// The media types of an answer. The spec, section "Media Types": the first tells a client whether a GraphQL server
// answered; the second is for clients from before it, and reports faults of the query with status 200.
const (
	graphQLResponse = "application/graphql-response+json"
	plainJSON       = "application/json"
)

// negotiate chooses the media type of the answer. Without an Accept header, or with one that takes anything, it is
// application/json, as the spec asks of a server for as long as there are clients that know no other. The answer is
// false where the client takes neither.
func negotiate(r *http.Request) (string, bool) {
	accept := strings.Join(r.Header.Values("Accept"), ",")
	if strings.TrimSpace(accept) == "" {
		return plainJSON, true
	}
	var modern, plain preference
	for part := range strings.SplitSeq(accept, ",") {
		mediaType, parameters, err := mime.ParseMediaType(part)
		if err != nil || !isUTF8(parameters["charset"]) {
			continue
		}
		quality := parseQuality(parameters["q"])
		modern.consider(mediaType, graphQLResponse, quality)
		plain.consider(mediaType, plainJSON, quality)
	}
	switch {
	case modern.quality <= 0 && plain.quality <= 0:
		return plainJSON, false
	case modern.quality > plain.quality, modern.quality == plain.quality && modern.precision > plain.precision,
		modern.quality == plain.quality && modern.precision == exact:
		return graphQLResponse, true
	default:
		return plainJSON, true
	}
}

// How precisely an Accept header names a media type; the most precise one decides (RFC 9110, section 12.5.1).
const (
	anything = iota + 1
	anyApplication
	exact
)

// preference is what an Accept header says of one media type.
type preference struct {
	precision int
	quality   float64
}

// consider takes one element of an Accept header into account.
func (p *preference) consider(accepted, offered string, quality float64) {
	precision := 0
	switch accepted {
	case offered:
		precision = exact
	case "application/*":
		precision = anyApplication
	case "*/*":
		precision = anything
	}
	if precision > p.precision || (precision != 0 && precision == p.precision && quality > p.quality) {
		p.precision, p.quality = precision, quality
	}
}

// parseQuality reads a q value; one that makes no sense counts as none given.
func parseQuality(q string) float64 {
	quality, err := strconv.ParseFloat(q, 64)
	if q == "" || err != nil || !(quality >= 0 && quality <= 1) {
		return 1
	}
	return quality
}

// isUTF8 says whether a charset is the one that the spec knows; none given means the same.
func isUTF8(charset string) bool {
	switch strings.ToLower(charset) {
	case "", "utf-8", "utf8", "us-ascii":
		return true
	}
	return false
}
