package document

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"github.com/go-analyze/charts"

	"github.com/i-partnerschap/kennisgraaf/report"
)

// The colours of series: dark enough beside white (4.5:1 and 3:1), and apart from each
// other in lightness for those who do not see the hue.
var seriesColors = []charts.Color{charts.ColorFromHex("#0b3a66"), charts.ColorFromHex("#d97706")}

const chartWidth, chartHeight = 720, 300

// bars draws numbers by year beside each other. The drawing is hidden from screen
// readers: the table with the same numbers follows it.
func bars(labels, series []string, values [][]float64) (template.HTML, error) {
	if len(labels) == 0 {
		return "", nil
	}
	opt := charts.NewBarChartOptionWithData(values)
	opt.Theme = charts.GetTheme(charts.ThemeLight).WithSeriesColors(seriesColors)
	opt.CategoryAxis.Labels = labels
	opt.Legend = charts.LegendOption{SeriesNames: series}
	for i := range opt.SeriesList {
		opt.SeriesList[i].Label.Show = charts.Ptr(len(labels)*len(series) <= 24)
		opt.SeriesList[i].Label.ValueFormatter = func(v float64) string { return strconv.Itoa(int(v)) }
	}
	opt.ValueFormatter = func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	p := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputSVG, Width: chartWidth, Height: chartHeight})
	if err := p.BarChart(opt); err != nil {
		return "", fmt.Errorf("document: a chart: %w", err)
	}
	svg, err := p.Bytes()
	if err != nil {
		return "", fmt.Errorf("document: a chart: %w", err)
	}
	// The library escapes the texts that it is given; the fonts are those of the page.
	text := strings.Replace(string(svg), "<svg ", `<svg aria-hidden="true" focusable="false" `, 1)
	return template.HTML(text), nil //nolint:gosec // made by the chart library from numbers and escaped names
}

// yearChart shows questions and projects by year.
func yearChart(r *report.Report, l Lang) (template.HTML, error) {
	shown := []report.Measure{report.Vraagstukken, report.Projects}
	var labels []string
	values := make([][]float64, len(shown))
	for _, row := range r.Years.Rows {
		if row.Key == report.Unknown {
			continue
		}
		labels = append(labels, row.Key)
		for i, m := range shown {
			values[i] = append(values[i], m.Value(r.Years.Number(m, report.Point{Row: row.Key, Split: report.Every, Column: report.Every})))
		}
	}
	return bars(labels, l.measures(shown), values)
}

// labChart shows the fieldlabs that opened each year.
func labChart(p *report.Promises, l Lang) (template.HTML, error) {
	var labels []string
	values := make([][]float64, 2)
	for _, y := range p.Fieldlabs {
		labels = append(labels, strconv.Itoa(y.Year))
		values[0], values[1] = append(values[0], float64(y.OfPartnership)), append(values[1], float64(y.All))
	}
	return bars(labels, []string{l.t("van het I-Partnerschap", "of the I-Partnerschap"), l.t("alle", "all")}, values)
}
