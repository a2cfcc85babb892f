package generate

import (
	"strconv"
	"strings"
)

// themeName returns the Dutch and English labels of a theme, unlike any other's.
func themeName(number int) (nl, en string) {
	const step = 37 // shares no factor with the number of compounds
	compounds := len(modifiers) * len(heads)
	compound, round := number%compounds*step%compounds, number/compounds
	modifier, head := compound%len(modifiers), compound/len(modifiers)
	nl, en = modifiers[modifier]+heads[head], modifiersEN[modifier]+" "+headsEN[head]
	if round > 0 {
		nl += " " + domains[(round-1)%len(domains)]
		en += " " + strconv.Itoa(round)
	}
	if round > len(domains) {
		nl += " " + strconv.Itoa(round)
	}
	return nl, en
}

// topic returns the label of the first theme, and a general word where there is none.
func topic(themes []int) string {
	if len(themes) == 0 {
		return "digitalisering"
	}
	nl, _ := themeName(themes[0])
	return nl
}

// title makes a title about the themes.
func (d dice) title(starts []string, themes []int) string {
	s := d.one(starts) + " " + topic(themes)
	if d.chance(0.5) {
		s += " " + d.one(domains)
	}
	return s
}

// sentences makes a text about the themes.
func (d dice) sentences(n int, themes []int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(d.one(subjects) + " " + d.one(verbs) + " " + d.one(objects))
		if len(themes) > 0 {
			b.WriteString(" voor " + topic(themes[i%len(themes):]))
		}
		b.WriteString(" " + d.one(domains) + ".")
	}
	return b.String()
}

// name makes the name of a person who does not exist.
func (d dice) name(number int) string {
	return d.one(firstNames) + " " + d.one(lastNames) + " " + strconv.Itoa(number)
}
