package server

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
)

// What to say to those who lack a tool.
const (
	howJava  = "install Java 17 or 21 (Debian: apt-get install openjdk-17-jre-headless; macOS: brew install openjdk@17) and put java on PATH or set JAVA_HOME"
	howElse  = "Neo4j is started on Linux, macOS and other Unix systems only: use docker compose up, or WSL"
	howMaven = "install Maven 3.6.3 or later (Debian: apt-get install maven; macOS: brew install maven) and put mvn on PATH"
)

// javaVersion finds the feature version in what `java -version` prints.
var javaVersion = regexp.MustCompile(`version "(?:1\.)?(\d+)`)

// findJava returns the path of a java that Neo4j 5 runs on.
func findJava(ctx context.Context) (string, error) {
	if !supported {
		return "", missing(nil, howElse)
	}
	name := "java"
	if home := os.Getenv("JAVA_HOME"); home != "" {
		name = filepath.Join(home, "bin", "java")
	}
	java, err := exec.LookPath(name)
	if err != nil {
		return "", missing(err, "Neo4j needs Java: %s", howJava)
	}
	out, err := exec.CommandContext(ctx, java, "-version").CombinedOutput()
	if err != nil {
		if ctx.Err() != nil {
			return "", context.Cause(ctx)
		}
		return "", missing(fmt.Errorf("%w: %s", err, bytes.TrimSpace(out)), "%s does not run: %s", java, howJava)
	}
	m := javaVersion.FindSubmatch(out)
	if m == nil {
		return "", missing(nil, "%s does not tell its version: %s", java, howJava)
	}
	if v, _ := strconv.Atoi(string(m[1])); v < 17 {
		return "", missing(nil, "%s is Java %d, Neo4j needs 17 or 21: %s", java, v, howJava)
	}
	return java, nil
}

// findMaven returns the path of mvn.
func findMaven() (string, error) {
	mvn, err := exec.LookPath("mvn")
	if err != nil {
		return "", missing(err, "fetching Neo4j needs Maven, once: %s", howMaven)
	}
	return mvn, nil
}
