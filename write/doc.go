// Package write turns what a request wants to write into graph.Changes and applies them:
// create, update, upsert, delete, connect, disconnect and merge, for every type of the
// model, with relations and further nodes nested in one input. All that one request
// wants is one transaction, or none of it.
//
// A plan rests on what it read: which node has an id or a key, what a relation to one
// leads to, whether a tree stays a tree. It tells the store so, by Change.Expect and
// graph.Guard; where another process was first, the store refuses and the plan is made
// again. In one process writers take turns, so that this is rare.
//
// It knows no GraphQL: inputs are maps, as JSON gives them.
package write
