package sheet

import "strings"

// bar stands between the items of a list in a cell.
const bar = '|'

// JoinList writes a list as one cell, with bars between the items. A bar or backslash in
// an item has a backslash in front.
func JoinList(items []string) string {
	escaped := make([]string, len(items))
	for i, item := range items {
		escaped[i] = strings.NewReplacer(`\`, `\\`, `|`, `\|`).Replace(item)
	}
	return strings.Join(escaped, string(bar))
}

// SplitList reads what JoinList wrote; space around an item is taken off, and items that
// are empty are left out.
func SplitList(cell string) []string {
	items := []string{}
	var item strings.Builder
	end := func() {
		if text := strings.TrimSpace(item.String()); text != "" {
			items = append(items, text)
		}
		item.Reset()
	}
	escaped := false
	for _, r := range cell {
		switch {
		case escaped:
			item.WriteRune(r)
			escaped = false
		case r == '\\':
			escaped = true
		case r == bar:
			end()
		default:
			item.WriteRune(r)
		}
	}
	if escaped {
		item.WriteByte('\\')
	}
	end()
	return items
}
