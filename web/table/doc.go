// Package table turns a query for one connection into a table: a row for each node, a
// column for each scalar by its path. It knows GraphQL and no HTTP; package transport
// uses it to answer in CSV and XLSX.
package table
