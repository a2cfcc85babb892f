package importer

type themeIndex struct{}

func readCSV(*input) error      { return nil }
func readROR(*input) error      { return nil }
func readOpenAlex(*input) error { return nil }
func readTurtle(*input) error   { return nil }
func readJSONLD(*input) error   { return nil }
