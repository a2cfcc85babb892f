// Package importer takes files into a store: it reads them into a stage, a temporary
// file, checks everything there against the model and against what the store holds, and
// writes only when nothing is wrong, in batches through Store.Apply.
//
// Memory does not grow with what is imported: rows go to the stage as they are read,
// and every check goes over the stage and the store a batch at a time. Relations that
// make up a hierarchy are the exception: finding cycles holds their ends in memory.
//
// What is written is an upsert or a connect, so an import that was interrupted can be
// run again, and running it a second time changes nothing.
package importer
