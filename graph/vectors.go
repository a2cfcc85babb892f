package graph

import (
	"context"
	"encoding/binary"
	"math"
)

// VectorStore keeps vectors that were computed from the texts of nodes. It is what a
// Store may be besides; the vectors are no part of the graph, and no entry of the change
// log tells of them.
type VectorStore interface {
	// SetVectors keeps vectors, each in the place of an earlier one of that node, all or
	// none. One for a node that does not exist is dropped.
	SetVectors(ctx context.Context, vectors []Vector) error

	// Vectors calls each with every vector, in no order, until it returns an error, which
	// it then returns. The vector of a node that was deleted is gone with it, also when a
	// node with the same id comes back.
	Vectors(ctx context.Context, each func(Vector) error) error
}

// Vector is a vector of one node.
type Vector struct {
	// ID is the node's.
	ID string
	// Of tells what the vector was computed from, so that one that is out of date is known.
	Of     string
	Values []float32
}

// bytesPerValue is the size of a value as Bytes writes it.
const bytesPerValue = 4

// Bytes returns the values as stores write them: IEEE 754 single precision, little endian.
func (v Vector) Bytes() []byte {
	out := make([]byte, 0, bytesPerValue*len(v.Values))
	for _, x := range v.Values {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(x))
	}
	return out
}

// VectorValues reads what Bytes wrote.
func VectorValues(b []byte) []float32 {
	out := make([]float32, len(b)/bytesPerValue)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[bytesPerValue*i:]))
	}
	return out
}
