package neo4j

import (
	"time"
)

// Options says how to reach the database. The zero value of each setting but URI is fit
// for a server.
type Options struct {
	// URI is the address: bolt://host:7687 for one server, neo4j://host:7687 for a cluster,
	// with +s for encryption.
	URI string
	// User and Password log in; without User no credentials are sent.
	User, Password string
	// Database is the name of the database; "" is the user's default.
	Database string
	// MaxConnections is the highest number of connections to each server; 0 is 100.
	MaxConnections int
	// ConnectTimeout is how long opening a connection may take; 0 is five seconds.
	ConnectTimeout time.Duration
	// AcquireTimeout is how long to wait for a free connection; 0 is ten seconds.
	AcquireTimeout time.Duration
	// MaxConnectionAge is after how long a connection is replaced; 0 is one hour.
	MaxConnectionAge time.Duration
	// IdleCheck is after how long idle a connection is tested before use, which notices
	// what a firewall dropped; 0 is one minute.
	IdleCheck time.Duration
	// NoKeepAlive turns TCP keep-alive off.
	NoKeepAlive bool
	// QueryTimeout is how long a statement may take whose context has no deadline; 0 is one
	// minute.
	QueryTimeout time.Duration
	// PathTimeout is how long a search for paths may take before it ends with
	// QUERY_TOO_COMPLEX; 0 is five seconds.
	PathTimeout time.Duration
	// Retries is how often a statement is sent again after a passing error; 0 is four times,
	// a negative value never.
	Retries int
	// OnStatement is called with the text of each statement that is sent on behalf of a
	// Store method. It must be quick and safe for concurrent use. Tests count with it;
	// metrics hook in here.
	OnStatement func(cypher string)
	// Clock tells the time for createdAt, updatedAt and the change log; nil is time.Now.
	Clock func() time.Time
}

// withDefaults fills in what was left at zero.
func (o Options) withDefaults() Options {
	for _, d := range []struct {
		value    *time.Duration
		standard time.Duration
	}{
		{&o.ConnectTimeout, 5 * time.Second},
		{&o.AcquireTimeout, 10 * time.Second},
		{&o.MaxConnectionAge, time.Hour},
		{&o.IdleCheck, time.Minute},
		{&o.QueryTimeout, time.Minute},
		{&o.PathTimeout, 5 * time.Second},
	} {
		if *d.value <= 0 {
			*d.value = d.standard
		}
	}
	if o.MaxConnections <= 0 {
		o.MaxConnections = 100
	}
	if o.Retries == 0 {
		o.Retries = 4
	}
	if o.OnStatement == nil {
		o.OnStatement = func(string) {}
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	return o
}
