// Package corpus is the part of the graph that matching reads over and over, kept in
// memory: nodes with their relations, the words of their texts, and which documents
// hang together. It is filled by generic reads, and kept up with the change log, so it
// is the same whatever store lies beneath, and so are the scores that follow from it.
//
// [Cache] holds one image of a store and refreshes it. [Corpus.Query] reads a question,
// [Corpus.Scores] scores all documents (BM25), and [Walk] lets those scores flow over
// the relations.
package corpus
