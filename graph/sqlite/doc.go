// Package sqlite keeps the graph in one SQLite file, in pure Go. It is the
// embedded default behind [graph.Store].
//
// # Storage
//
// A node is one row with its properties as one JSONB value; a relation is one row,
// clustered by (src, type, dst) with a covering index for the other direction, so
// that a relation costs two b-tree entries and every traversal is one range scan.
// Property.Index and the title of each type get a generated column with an index for the
// nodes of that type. The planner works with fixed statistics, so a query has one plan
// whatever the data. Text is analysed in Go by package graph/text and stored as terms in
// an FTS5 table.
//
// # Reading
//
// A selection is executed a level at a time: one prepared statement for all nodes of
// a level, never one for each parent. The text of a statement depends on the shape of
// the query only; values are parameters, and a list of values is one parameter that
// holds a JSON array. Each Read runs in one read transaction.
//
// # Writing
//
// Apply runs in one immediate transaction on the one write connection. The change log,
// the full-text index and the table of known terms are written in that transaction.
//
// # Erasing
//
// What is deleted stays in the bytes of the file until they are needed for something else.
// An erasure notes in its transaction that the file is to be cleaned of it, which Clean
// does, whichever process calls it.
package sqlite
