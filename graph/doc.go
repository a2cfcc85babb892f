// Package graph is the vocabulary that every part of the service shares: the
// [Model] that the SDL describes, the [Selection] tree that one request becomes,
// [Filter], [Order], [Cursor] and [Aggregate], the [Change] that a write consists
// of, the [Store] that executes them and the one [Error] type.
//
// It knows no GraphQL library and no database driver. Everything in it is plain
// data: a store executes a Selection and knows nothing of the schema it came from.
package graph
