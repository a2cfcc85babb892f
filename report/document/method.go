package document

import (
	"fmt"

	"github.com/i-partnerschap/kennisgraaf/report"
)

// subtitle tells the day, and that with which it is compared.
func subtitle(r *report.Report, l Lang) string {
	s := l.t("Stand op ", "As of ") + l.date(r.AsOf)
	if r.Compare != "" {
		s += l.t(", vergeleken met ", ", compared with ") + l.date(r.Compare)
	}
	return s
}

var months = [][2]string{{"januari", "January"}, {"februari", "February"}, {"maart", "March"}, {"april", "April"}, {"mei", "May"}, {"juni", "June"},
	{"juli", "July"}, {"augustus", "August"}, {"september", "September"}, {"oktober", "October"}, {"november", "November"}, {"december", "December"}}

// date writes an ISO date as people do; what is no date stays as it is.
func (l Lang) date(day string) string {
	var y, m, d int
	if _, err := fmt.Sscanf(day, "%d-%d-%d", &y, &m, &d); err != nil || m < 1 || m > len(months) {
		return day
	}
	return fmt.Sprintf("%d %s %d", d, l.t(months[m-1][0], months[m-1][1]), y)
}

// method tells how the report counts, a paragraph a point.
func method(r *report.Report, l Lang) []string {
	lines := []string{
		l.t("Een cel telt de verschillende zaken die bij haar rij en kolom horen. Een project in twee regio's telt in beide en één keer in het totaal. Wat geen regio, thema of jaar heeft, staat onder Onbekend; niets valt weg.",
			"A cell counts the different things that belong to its row and column. A project in two regions counts in both, and once in the total. What has no region, theme or year is under Unknown; nothing is dropped."),
		l.t("Geteld is wat er op de dag van de stand was, naar de data die erbij staan; een onbekende datum sluit niets uit. Een vraagstuk dat intussen is opgepakt, was open tot het eerste project ervoor begon.",
			"Counted is what there was on the day, by the dates that are known; an unknown date excludes nothing. A question that has since been taken up was open until its first project began."),
		l.t("Zetel en vestiging staan apart. Een lectoraat en een deskundige tellen in de regio van de zetel van hun instelling.",
			"Seats and branches are told apart. A research group and a person with expertise count in the region of their institution's seat."),
		l.t("Een open vraagstuk is zonder aanbod in een regio als daar niemand is voor een van zijn thema's of iets nauwers: geen lectoraat, deskundige, open fieldlab of aanbod van een instelling. Een vraagstuk zonder regio wordt aan het hele land gemeten; een vraagstuk zonder thema heeft geen aanbod. Gelijke thema's zeggen niet dat iemand tijd heeft.",
			"An open question has no supply in a region if nobody there knows one of its themes or anything narrower: no research group, person with expertise, open fieldlab or offer of an institution. A question without a region is held against the whole country; one without a theme has no supply. Equal themes do not say that somebody has time."),
		fmt.Sprintf(l.t("Nabij is binnen %s km van het midden van de provincie, hemelsbreed.", "Nearby is within %s km of the centre of the province, as the crow flies."), l.decimal(r.Km)),
	}
	if r.Branches {
		lines = append(lines, l.t("Bij aanbod tellen ook vestigingen mee.", "Branches count as places of supply too."))
	}
	lines = append(lines, l.t("Welke provincies bij een regionaal netwerk van het I-Partnerschap horen, is niet gepubliceerd. Wat aan een netwerk of landsdeel hangt, staat daarom in een rij van dat netwerk of landsdeel.",
		"Which provinces a regional network of the I-Partnerschap covers has not been published. What belongs to a network or part of the country has a row of its own."))
	if r.Demo {
		lines = append(lines, l.t("Let op: deze graaf bevat verzonnen voorbeelden (bron: demo) naast feiten. De aantallen zeggen dus niets over de werkelijkheid.",
			"Mind: this graph holds invented examples (source: demo) beside facts. So the numbers say nothing about the real world."))
	}
	return lines
}
