# Everything that one does with this project; `make` alone lists it.
GENERATED = schema/api.graphql resolvers/generated.go resolvers/types_gen.go resolvers/queries_gen.go
SELECTIONS ?= 2000

.DEFAULT_GOAL := help

.PHONY: help
help: ## List what can be done.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: run
run: ## Serve the API, the playground, the explorer and the start page.
	go run .

.PHONY: check
check: format vet lint current test ## All that CI checks.

.PHONY: format
format: ## Fail on Go files that gofmt would change.
	@test -z "$$(gofmt -l . | tee /dev/stderr)"

.PHONY: vet
vet: ## Run go vet.
	go vet ./...

.PHONY: lint
lint: ## Run staticcheck, and look for code that nothing reaches.
	go tool staticcheck ./...
	@# gqlgen's code names UnmarshalValue, as it does for every scalar, and never calls it.
	@test -z "$$(go tool deadcode -test ./... | grep -v UnmarshalValue | tee /dev/stderr)"

.PHONY: generate
generate: ## Write the API and its Go code from the SDL.
	go generate ./...

.PHONY: current
current: ## Fail if generated code is not what the SDL gives.
	@before=$$(sha256sum $(GENERATED)); go generate ./... && test "$$before" = "$$(sha256sum $(GENERATED))" || \
		{ echo 'generated code is out of date: run make generate and commit' >&2; exit 1; }

.PHONY: test
test: ## Run all tests with the race detector.
	@# SQLite itself, C turned into Go, is not watched for races: that takes five times as long, and it has locks of its own.
	@# Four packages at a time, since some wait for the one Neo4j.
	go test -race -gcflags=modernc.org/sqlite/lib=-race=false -p 4 -timeout 45m ./...

.PHONY: property
property: ## Compare stores on random selections: make property SELECTIONS=20000.
	go test ./graph/sqlite ./graph/neo4j -run Property -timeout 120m -storetest.selections=$(SELECTIONS) -v

.PHONY: playground
playground: ## Build the playground's page anew (needs Node.js).
	cd web/playground/app && npm ci && npm run build

.PHONY: explorer
explorer: ## Build the explorer's page anew (needs Node.js).
	cd web/explorer/app && npm ci && npm run build
