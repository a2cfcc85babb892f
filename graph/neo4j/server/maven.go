package server

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// every is the time between two lines about the progress of a download.
const every = 5 * time.Second

// copyJars has Maven copy the jars that pom.xml names into dir.
func copyJars(ctx context.Context, mvn, dir string, progress io.Writer) error {
	file := filepath.Join(dir, "pom.xml")
	if err := os.WriteFile(file, pom, 0o644); err != nil {
		return err
	}
	begin := time.Now()
	fmt.Fprintf(progress, "Fetching Neo4j %s from Maven Central, once (about 125 MB) …\n", Version())
	cmd := exec.CommandContext(ctx, mvn, "-B", "-f", file, "dependency:copy-dependencies", "-DoutputDirectory="+dir)
	cmd.WaitDelay = time.Second // mvn is a script: its java may hold the pipe
	ownGroup(cmd)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		return err
	}
	failure := follow(out, begin, progress)
	if err := cmd.Wait(); err != nil {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return missing(fmt.Errorf("%w: %s", err, failure), "Maven could not fetch Neo4j %s: check the way to Maven Central (proxy and mirror are set in ~/.m2/settings.xml)", Version())
	}
	return nil
}

// follow reads Maven's output to its end, reports how many files came in, and returns
// the errors.
func follow(out io.Reader, begin time.Time, progress io.Writer) (failure string) {
	files, last := 0, begin
	for lines := bufio.NewScanner(out); lines.Scan(); {
		line := lines.Text()
		if strings.Contains(line, "] Downloaded from") {
			files++
		}
		if strings.Contains(line, "ERROR") && len(failure) < 2000 {
			failure += line + "\n"
		}
		if time.Since(last) > every {
			last = time.Now()
			fmt.Fprintf(progress, "… %d files, %.0f s\n", files, time.Since(begin).Seconds())
		}
	}
	return failure
}
