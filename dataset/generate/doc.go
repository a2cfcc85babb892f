// Package generate makes networks of any size in the shape of the real one, for
// tests and benchmarks. All of it is invented.
//
// Whatever belongs to a node follows from the seed, its type and its number alone.
// So nothing is remembered, a relation can name a node that is long gone by, and
// the second pass over the nodes, for their relations, sees the same nodes.
package generate
