// Package servertest gives tests a real Neo4j.
//
//	func TestConformance(t *testing.T) {
//		db := servertest.Use(t)
//		storetest.Run(t, func(t *testing.T, m *graph.Model) graph.Store {
//			db.WipeData(t)
//			return open(t, db.URI(), m)
//		})
//	}
//
// # One server
//
// All test processes of one `go test ./...` share one server. The first that needs it
// starts a supervisor, which is the test binary again with an environment variable set
// (this package's init sees it, so tests need no TestMain for it); the JVM is a child of
// the supervisor. Each test process holds a shared lock on a file as long as it lives. The
// kernel drops that lock also after kill -9, so when the supervisor gets an exclusive one,
// nobody is left. It then waits, at most a minute, for another package of the same run,
// and stops the server as soon as the go command that runs the tests has ended.
//
// # One database
//
// Neo4j Community has one database for users. So [Use] gives it to one test at a time,
// over all processes: a second test waits until the first has ended, also one that runs in
// parallel in the same process. A test that calls Use twice would wait for itself and
// fails instead. The test finds the database empty, without indexes and constraints, and
// can wipe it as often as it likes: see [DB.WipeData] and [DB.WipeAll].
//
// # Where there is no Java
//
// Without Java, Maven or the way to Maven Central the test is skipped with a line that
// says how to get them. Where the environment variable CI is set, it fails.
package servertest
