package neo4j

import (
	"context"
	"net/url"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/notifications"

	"github.com/i-partnerschap/kennisgraaf/graph"
	"github.com/i-partnerschap/kennisgraaf/graph/neo4j/cypher"
)

// plannedShapes is how many shapes of searches for paths are known to have a plan; the
// database keeps a thousand plans in all.
const plannedShapes = 256

// Open makes a Store on the database that the options name, and brings the schema there up
// to date. A database that cannot be reached is no error: the Store is then ready once the
// database is, and answers StoreUnavailable until then. What waiting does not mend is an
// error: a wrong password, a schema of a newer version, data that violates a constraint.
func Open(ctx context.Context, options Options, model *graph.Model) (*Store, error) {
	options = options.withDefaults()
	planned, err := lru.New[string, struct{}](plannedShapes)
	if err != nil {
		return nil, graph.Wrap(graph.Internal, err, "the store could not be made")
	}
	memory, err := newMemory()
	if err != nil {
		return nil, graph.Wrap(graph.Internal, err, "the store could not be made")
	}
	driver, err := connect(options)
	if err != nil {
		return nil, err
	}
	s := &Store{
		options: options, model: model, driver: driver, bookmarks: neo4j.NewBookmarkManager(neo4j.BookmarkManagerConfig{}),
		compiler: cypher.New(model), rules: newRules(model), texts: newTextIndex(model),
		preparing: make(chan struct{}, 1), planned: planned, memory: memory,
	}
	if err := s.prepare(ctx); err != nil && !passing(err) {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

// passing tells whether an error may be over when the call is made again later.
func passing(err error) bool {
	code := graph.CodeOf(err)
	return code == graph.StoreUnavailable || code == graph.Timeout
}

func connect(o Options) (neo4j.DriverWithContext, error) {
	if u, err := url.Parse(o.URI); err != nil || u.Host == "" {
		return nil, graph.Wrap(graph.BadUserInput, err, "%q is no address of a Neo4j database; pass one such as neo4j://localhost:7687", o.URI)
	}
	auth := neo4j.NoAuth()
	if o.User != "" {
		auth = neo4j.BasicAuth(o.User, o.Password, "")
	}
	driver, err := neo4j.NewDriverWithContext(o.URI, auth, func(c *config.Config) {
		c.MaxConnectionPoolSize = o.MaxConnections
		c.MaxConnectionLifetime = o.MaxConnectionAge
		c.ConnectionAcquisitionTimeout = o.AcquireTimeout
		c.ConnectionLivenessCheckTimeout = o.IdleCheck
		c.SocketConnectTimeout = o.ConnectTimeout
		c.SocketKeepalive = !o.NoKeepAlive
		c.NotificationsMinSeverity = notifications.DisabledLevel
		c.TelemetryDisabled = true
		c.UserAgent = "kennisgraaf"
	})
	if err != nil {
		return nil, graph.Wrap(graph.BadUserInput, err, "%q is no address of a Neo4j database; pass one such as neo4j://localhost:7687", o.URI)
	}
	return driver, nil
}
