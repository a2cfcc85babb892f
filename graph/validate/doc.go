// Package validate is the one place that judges what is to be written: against the
// model, and against what no model can say, such as check digits and days that do not
// exist. Mutations, imports and the bundled data all go through it. A store takes
// whatever is of the right kind; nothing that a person sends should get there unjudged.
//
// [Convert] brings a value to the form that is stored, [Rules.Node] and [Rules.Edge]
// return all that is wrong with one change, and [Cycle] finds what no single change shows.
package validate
