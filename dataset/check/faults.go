package check

import (
	"fmt"
	"maps"
	"slices"

	"github.com/i-partnerschap/kennisgraaf/graph"
)

// Fault is what is wrong with one property.
type Fault struct{ Property, Message string }

// Faults returns everything that is wrong with properties, in order of name. A nil value,
// which removes a property, has no fault where the property may be left out.
func Faults(declared []*graph.Property, props map[string]any) []Fault {
	var faults []Fault
	for _, name := range slices.Sorted(maps.Keys(props)) {
		i := slices.IndexFunc(declared, func(p *graph.Property) bool { return p.Name == name })
		switch {
		case i < 0 || name == "id":
			faults = append(faults, Fault{name, "there is no such property"})
		case props[name] == nil:
			if declared[i].Required {
				faults = append(faults, Fault{name, "is required, so it cannot be removed"})
			}
		default:
			if wrong := fault(declared[i], props[name]); wrong != "" {
				value := fmt.Sprint(props[name])
				if declared[i].Personal {
					value = "the value" // no personal data in messages
				}
				faults = append(faults, Fault{name, value + " " + wrong})
			}
		}
	}
	return faults
}
