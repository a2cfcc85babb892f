package augment

import _ "embed" // for the SDL that every domain shares

//go:embed base.graphql
var baseSDL string
