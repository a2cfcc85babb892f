// Package report tells how demand and supply cover regions, themes and years: the
// numbers behind the coverage field of the API and the report of the programme
// managers. It asks the store generic questions only, and package report/document
// makes HTML, spreadsheets and the like of what it finds.
//
// # How things are counted
//
// A cell counts the different nodes that have its row's key and its column's key.
// What has two keys (a project in two regions) counts in both, and once in every
// total. What has no key counts as unknown. Nothing is dropped: the rows, columns and
// unknown together hold all that a measure counts.
//
// Without AsOf everything in the graph counts, by its present status. With AsOf a
// measure counts what was there that day, by its dates; a date that is absent does not
// exclude. Statuses have no history, so measures derive the status of a day from dates
// where they can: see the comments in measures.go.
package report
