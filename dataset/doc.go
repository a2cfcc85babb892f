// Package dataset holds the data that comes with the service and the format that
// data is imported and exported in.
//
// There are two layers. The reference layer, in reference/, is facts about real
// organisations and people in their professional role, each with its source. The
// demo layer, in demo/, is invented: every node in it has source "demo", and it is
// never attached to a real person or a real lectoraat.
//
// Both layers are written as changes that upsert and connect, so applying them
// twice is applying them once.
package dataset
