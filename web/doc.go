// Package web puts the service on HTTP: the GraphQL endpoint with its limits (NewGraphQL), the routes and what every
// request passes on its way to them (Routes), and the server itself (Serve).
package web
