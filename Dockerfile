# syntax=docker/dockerfile:1
#
# NOT TESTED: written on a machine without docker. What runs in here was tested there: the static build, the program
# that checks the health, and the flags.
#
#   docker build -t kennisgraaf .
#   docker run --rm --network host -v kennisgraaf:/data kennisgraaf
#
# With --auth none the service lets in whoever reaches it, so it listens on the loopback address only, and a container
# shares that address with its host only under --network host (Linux; Docker Desktop 4.34 or later, where it is a
# setting). With --auth oidc, -e IPG_ADDR=0.0.0.0:8080 -p 8080:8080 will do. compose.yaml runs it with Neo4j.

FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags="-s -w" -o /out/bin/kennisgraaf .
# The final image has no shell and no curl.
COPY <<'GO' /health/main.go
// Command health succeeds if the URL that is its argument answers with status 200.
package main

import (
	"net/http"
	"os"
	"time"
)

func main() {
	client := http.Client{Timeout: 4 * time.Second}
	r, err := client.Get(os.Args[1])
	if err != nil || r.StatusCode != http.StatusOK {
		os.Exit(1)
	}
}
GO
RUN --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/bin/health /health/main.go
RUN mkdir -p /out/data /out/tmp && chown 65532:65532 /out/data /out/tmp

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/bin/ /bin/
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build --chown=65532:65532 /out/tmp /tmp
USER 65532:65532
WORKDIR /data
VOLUME /data
ENV IPG_ADDR=127.0.0.1:8080 IPG_STORE=sqlite:/data/ipartnerschap.db
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["/bin/health", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["/bin/kennisgraaf"]
