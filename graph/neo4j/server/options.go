package server

import (
	"fmt"
	"io"
	"maps"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
)

// loopback is the only address the server listens on.
const loopback = "127.0.0.1"

// Options say what server to start. The zero value is a server for tests: a free port, no
// authentication, and a directory that is gone when the server stops.
type Options struct {
	// Dir is the home of the server: its data, logs and configuration. The empty string
	// means a directory in memory where the system has one, removed at the end.
	Dir string
	// Port is where Bolt listens; 0 is a free port.
	Port int
	// HTTP also opens Neo4j's own HTTP API on HTTPPort; 0 is a free port. The start takes
	// longer with it.
	HTTP     bool
	HTTPPort int
	// Password is that of the user neo4j, of 8 characters or more. Empty, there is no
	// authentication.
	Password string
	// Heap and PageCache are sizes as Neo4j writes them; by default 1g and 128m.
	Heap, PageCache string
	// Settings are further lines of neo4j.conf; they win over those made here.
	Settings map[string]string
	// JVM are further arguments of java.
	JVM []string
	// Progress receives lines for the user about what takes long; nil is nowhere.
	Progress io.Writer
}

// withDefaults fills in what is empty.
func (o Options) withDefaults() Options {
	if o.Heap == "" {
		o.Heap = "1g"
	}
	if o.PageCache == "" {
		o.PageCache = "128m"
	}
	if o.Progress == nil {
		o.Progress = io.Discard
	}
	return o
}

// config returns the text of neo4j.conf.
func (o Options) config(scratch bool) string {
	set := map[string]string{
		"server.default_listen_address":                       loopback,
		"server.bolt.listen_address":                          address(o.Port),
		"server.bolt.advertised_address":                      address(o.Port),
		"server.http.enabled":                                 strconv.FormatBool(o.HTTP),
		"server.https.enabled":                                "false",
		"dbms.security.auth_enabled":                          strconv.FormatBool(o.Password != ""),
		"server.memory.pagecache.size":                        o.PageCache,
		"dbms.usage_report.enabled":                           "false",
		"server.bolt.telemetry.enabled":                       "false",
		"db.logs.query.enabled":                               "OFF",
		"db.tx_log.preallocate":                               "false", // 256 MB a database otherwise
		"db.tx_log.rotation.size":                             "32m",
		"internal.server.bolt.thread_pool_shutdown_wait_time": "1s", // stopping takes 10 s otherwise
	}
	if o.HTTP {
		set["server.http.listen_address"] = address(o.HTTPPort)
		set["server.http.advertised_address"] = address(o.HTTPPort)
	}
	if scratch {
		set["db.tx_log.rotation.retention_policy"] = "64M size"
	}
	maps.Copy(set, o.Settings)
	var b strings.Builder
	b.WriteString("# Written at each start by kennisgraaf; edits are lost.\n")
	for _, k := range slices.Sorted(maps.Keys(set)) {
		fmt.Fprintf(&b, "%s=%s\n", k, set[k])
	}
	return b.String()
}

// java returns the arguments of java.
func (o Options) java(jars []string, home, conf string) []string {
	args := []string{
		"-Xms128m", "-Xmx" + o.Heap,
		"-XX:+UseSerialGC", // starts sooner and takes less memory than G1; two cores gain little from more
		"-XX:+ExitOnOutOfMemoryError",
		"-Dfile.encoding=UTF-8", "-Djava.awt.headless=true",
		"--add-opens=java.base/java.nio=ALL-UNNAMED",
		"--add-opens=java.base/java.io=ALL-UNNAMED",
		"--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
	}
	args = append(args, o.JVM...)
	return append(args, "-cp", strings.Join(jars, string(os.PathListSeparator)),
		"org.neo4j.server.CommunityEntryPoint", "--home-dir="+home, "--config-dir="+conf)
}

// address returns host:port on the loopback interface.
func address(port int) string { return net.JoinHostPort(loopback, strconv.Itoa(port)) }
