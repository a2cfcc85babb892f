// Package transport speaks GraphQL over HTTP: the GET and POST of the GraphQL over HTTP specification
// (https://graphql.github.io/graphql-over-http/draft/, "the spec" below) for gqlgen's server. It passes every audit of
// the npm package graphql-http, which gqlgen's own transports do not, and it refuses what the spec leaves open and a
// browser could be tricked into sending: forms, multipart and mutations over GET. What lasts goes over WebSocket, by the
// protocol graphql-transport-ws, or over SSE.
package transport
