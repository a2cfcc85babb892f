package importer

import (
	"errors"

	"github.com/i-partnerschap/kennisgraaf/dataset"
)

// readJSONL reads the exchange format.
func readJSONL(in *input) error {
	for line, err := range dataset.Read(in.name, in.text) {
		var fault *dataset.Fault
		switch {
		case errors.As(err, &fault):
			in.fault(fault)
		case err != nil:
			in.unreadable(err)
		default:
			if err := in.accept(record{Change: line.Change, line: line.Number}); err != nil {
				return err
			}
		}
		if err := in.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}
