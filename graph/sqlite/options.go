package sqlite

import (
	"runtime"
	"time"
)

// Options tunes a Store. The zero value is what a server wants.
type Options struct {
	// Clock tells the time for createdAt, updatedAt and the change log; nil is time.Now.
	Clock func() time.Time
	// OnStatement is called with the text of each statement that is executed, apart from
	// those that begin and end transactions. It must be quick and safe for concurrent
	// use. Tests count with it; metrics hook in here.
	OnStatement func(sql string)
	// Readers is the highest number of reads at the same time; 0 chooses from the CPUs.
	Readers int
	// BusyTimeout is how long to wait for a lock that another process holds; 0 is five
	// seconds.
	BusyTimeout time.Duration
	// BulkLoad gives up durability against power loss while it is on: a write returns
	// before the disk has it. For imports that can be repeated.
	BulkLoad bool
	// CheckLimit is the size in bytes up to which Open checks the whole file for
	// corruption; 0 is 64 MiB, a negative value never checks. The header and the
	// tables are always checked.
	CheckLimit int64
	// MaxPathEdges is the highest number of relations that one path search looks at
	// before it gives up with QUERY_TOO_COMPLEX; 0 is 200,000.
	MaxPathEdges int
}

const (
	defaultBusyTimeout  = 5 * time.Second
	defaultCheckLimit   = 64 << 20
	defaultMaxPathEdges = 200_000
	minReaders          = 4
)

// withDefaults fills in what was left at zero.
func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.OnStatement == nil {
		o.OnStatement = func(string) {}
	}
	if o.Readers <= 0 {
		o.Readers = max(minReaders, runtime.GOMAXPROCS(0))
	}
	if o.BusyTimeout <= 0 {
		o.BusyTimeout = defaultBusyTimeout
	}
	if o.CheckLimit == 0 {
		o.CheckLimit = defaultCheckLimit
	}
	if o.MaxPathEdges <= 0 {
		o.MaxPathEdges = defaultMaxPathEdges
	}
	return o
}
