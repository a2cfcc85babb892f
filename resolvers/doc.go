// Package resolvers is the GraphQL side of the service: the executor that gqlgen
// generates, the types and root resolvers that package augment generates, and the
// few resolvers that are written by hand.
package resolvers
