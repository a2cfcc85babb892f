// Package document gives the report of regional coverage a form: a page of HTML that
// needs nothing from outside, a spreadsheet, CSV, JSON, and a PDF by way of Chromium.
// Everything is in Dutch or English. Pictures have tables behind them.
//
// The outlines of the provinces are those of npm package @svg-maps/netherlands 1.0.0 by
// Zubayer Rahman (https://github.com/VictorCazanave/svg-maps), licence CC BY 4.0,
// rounded here to 0.2 units; see netherlands.json.
package document
