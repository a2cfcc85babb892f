// Package duplicate finds nodes that may stand for the same person or institution, for
// somebody to judge and merge. The API, and the report after an import, ask it.
package duplicate
