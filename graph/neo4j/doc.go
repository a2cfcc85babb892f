// Package neo4j keeps the graph in a Neo4j database, version 5. It is the [graph.Store] for
// those who run Neo4j already, or whose graph is shared with other tools.
//
// # Data
//
// A node is a node with the type's name as its label and the property id; a relation is a
// relationship of the relation's type. Nothing else is needed to be served: nodes and
// relationships that other tools write take part at once. Labels, types and properties that
// the model does not know are left alone, and two parallel relationships of one type
// between the same two nodes are two rows.
//
// Dates and times are stored as ISO 8601 text. Where another tool stored a DATE, ZONED
// DATETIME or LOCAL DATETIME, reads return text, and filters, sorts, periods and asOf
// compare it (a LOCAL DATETIME is not found by filters).
//
// Beside the data the store keeps nodes of its own: __Change for the change log, __Schema
// for the version of the schema, and __Counter, which numbers the log and makes writers wait
// for each other.
//
// # Reading
//
// A query is one auto-commit statement (see package cypher), sent to a reader of the
// cluster with a retry of its own: a managed transaction takes two more round trips. A
// query that contains a text query takes two, the first of which finds the nodes.
//
// Neo4j's isolation is read committed, so a statement may see a write that is committed
// while it runs. A read during which this Store committed something is asked again, so it
// sees one state as far as this process is concerned; writes of other processes can show
// in the middle of it.
//
// # Text
//
// Which nodes a text query finds is defined by package graph/text, down to stems and
// compounds, and has to be the same in every store. Lucene's analyzers differ from that in
// all of these, so the full-text index (analyzer standard-no-stop-words) only proposes
// candidates, generously, by regular expressions made of letters and digits alone; then
// their text is analysed here. See candidates.
//
// # Writing
//
// Apply takes the lock on the counter, reads what the changes name, works out in memory what
// they amount to and writes that in batches, log entries included, in one transaction. What
// an erasure has the log forget is rewritten there too; the database's own transaction logs
// keep it until they are pruned.
package neo4j
