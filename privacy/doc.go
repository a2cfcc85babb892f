// Package privacy answers for what is held about one person: it gathers it from the graph
// and the change log, writes it as one document, finds where else the name occurs, and
// erases it. What it can do to a person it can do to any node of a type that has personal
// properties.
package privacy
