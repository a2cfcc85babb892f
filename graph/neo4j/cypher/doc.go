// Package cypher compiles a [graph.Query] into one parameterised Cypher statement.
//
// It knows the model and the language, and no driver: a [Statement] is text, parameters
// and the [Layout] that says where each asked value stands in the answer.
//
// # Shape of a statement
//
// A selection becomes MATCH, ORDER BY and LIMIT, and a RETURN of one list per row. Each
// link, count and aggregate is a COLLECT, COUNT or EXISTS subquery in that list, so a
// whole tree is one statement, and a page is cut before anything below it is computed.
//
//	MATCH (n0:`Org`) WHERE n0.`id` IS NOT NULL
//	WITH n0 ORDER BY n0.`id` LIMIT $p0
//	RETURN [n0.`id`, n0.`name`, COLLECT {
//	  MATCH (n0)<-[:`WORKS_AT`]-(n1:`Person`)
//	  WITH n1 ORDER BY n1.`id` LIMIT $p1
//	  RETURN [n1.`id`, n1.`name`] }] AS row
//
// Values, ids and limits are parameters, numbered as they appear, and a list of values is
// one parameter: the text depends on the shape of the query alone. Names come from the
// model and pass through [Quote].
//
// # Two-valued logic
//
// A condition is written such that it is true where it holds, and false or null where it
// does not. Only under Not does that difference matter, and only there it is settled with
// coalesce: everywhere else the plain form keeps indexes usable.
//
// # Where a plan starts
//
// A condition such as "works at an organisation about topic t" is written from its
// selective end (see start): the topic, then what leads to it. Neo4j's planner does not
// turn an EXISTS around by itself and would look at every node of the label instead.
package cypher
