// Package server starts a real Neo4j Community server as a child process, from the jars
// on Maven Central: no download by hand, no docker. It needs Java 17 or 21 and, the first
// time, Maven.
//
// [Start] is the building block, [Run] is what `kennisgraaf neo4j` calls for local
// development, and the package servertest below shares one server between the tests of all
// packages.
//
// The JVM never outlives the process that started it. On Linux the kernel kills it with
// its parent; on other Unix systems a shell waits for the parent's end and does it. Windows
// is not supported.
package server
