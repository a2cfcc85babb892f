// Package explorer holds the page on which a person who writes no GraphQL follows relations: what lies around a node, how
// two nodes are connected, and who fits a vraagstuk. It is embedded in the binary and asks nothing of another server.
//
// The page is built from app/ into dist/ with `npm ci && npm run build` (make explorer); dist/ is committed, so that a
// machine with only Go can build the service. What it asks of the API stands in operations/, and what differs by type
// is made of the model, as are the words for types, fields and relations: a change of the SDL needs no rebuild of dist/.
package explorer
