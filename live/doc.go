// Package live tells subscribers of what is written to the graph, by whichever process, as
// it is written.
//
// A [Hub] follows the change log of a store: one reader a process, however many
// subscribers there are. It keeps a window of the last entries, which all subscribers
// share; each has a place in it and nothing else, so memory does not grow with their
// number. A subscriber that begins further back reads the log itself until it gets to the
// window. One that does not take in what it is told, and so would have the window grow
// without end, is told so and cut off; it can go on later from its cursor.
//
// Entries are told in the order of their numbers, each once: the number is the cursor.
package live
