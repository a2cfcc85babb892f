package graph

import (
	"context"
	"slices"
	"time"
)

// LogQuery asks for entries of the change log.
type LogQuery struct {
	// After and Before bound the entries' Seq, exclusively; a Before of 0 is open.
	After, Before int64
	// Limit is the highest number of entries; 0 asks for none, All for every one.
	Limit int
	// Backward takes the last entries of those asked for instead of the first. They
	// are returned in ascending order of Seq either way.
	Backward bool
	// IDs keeps the entries about these nodes, and about the relations that begin or
	// end at one of them, also where the node is gone; empty keeps all.
	IDs []string
	// Labels keeps the entries about nodes of these types; empty keeps all, those
	// about relations among them.
	Labels []string
	// Actor keeps the entries of what this actor wrote; "" keeps all.
	Actor string
}

// Wants tells whether the entry is among those asked for, Limit aside. It is the
// definition that every store has to agree with.
func (q LogQuery) Wants(e LogEntry) bool {
	about := func(id string) bool { return id != "" && slices.Contains(q.IDs, id) }
	return e.Seq > q.After && (q.Before == 0 || e.Seq < q.Before) &&
		(len(q.IDs) == 0 || about(e.ID) || about(e.From) || about(e.To)) &&
		(len(q.Labels) == 0 || e.Label != "" && slices.Contains(q.Labels, e.Label)) &&
		(q.Actor == "" || e.Actor == q.Actor)
}

// LogOrder is the order of the change log, for its cursors.
func LogOrder() []Order { return []Order{{Prop: "seq", Kind: Int}} }

// LogCursor returns the cursor of an entry by its Seq.
func LogCursor(seq int64) string { return Cursor{seq, ""}.Encode(LogOrder()) }

// LogSeq returns the Seq that a cursor of the log stands for, 0 for nil.
func LogSeq(c Cursor) int64 {
	if len(c) == 0 {
		return 0
	}
	seq, _ := c[0].(int64)
	return seq
}

// gapPatience is how old what follows a gap in the log must be for the gap to be a real one.
const gapPatience = time.Minute

// FollowLog returns the entries of a log after a number, at most limit and in order, for
// who keeps up with what others write. Numbers are given out without gaps, and a database may
// show some entries of another process's write a moment before the rest of it; so only
// what nothing is missing before is returned, and waits tells that there is more, behind an
// entry that does not show yet. An entry that has not shown within a minute was taken out,
// and is passed over.
func FollowLog(ctx context.Context, store Store, after int64, limit int) (entries []LogEntry, waits bool, err error) {
	entries, err = store.Log(ctx, LogQuery{After: after, Limit: limit})
	for n, e := range entries {
		if e.Seq != after+1 && time.Since(e.At) < gapPatience {
			return entries[:n], true, nil
		}
		after = e.Seq
	}
	return entries, false, err
}
