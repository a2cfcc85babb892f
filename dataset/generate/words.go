package generate

// The vocabulary. Themes are compounds of a modifier and a head, so that search has
// parts to find them by.
var (
	modifiers = []string{"netwerk", "data", "informatie", "gegevens", "identiteits", "keten", "cloud", "algoritme", "kennis", "zoek",
		"archief", "software", "systeem", "proces", "dienst", "burger", "sensor", "taal", "beeld", "spraak",
		"risico", "privacy", "toegangs", "document", "register", "platform", "mobiliteits", "water", "energie", "zorg",
		"onderwijs", "belasting", "veiligheids", "crisis", "quantum", "robot", "kaart", "test", "inkoop", "werkplek"}
	modifiersEN = []string{"network", "data", "information", "records", "identity", "chain", "cloud", "algorithm", "knowledge", "search",
		"archive", "software", "system", "process", "service", "citizen", "sensor", "language", "image", "speech",
		"risk", "privacy", "access", "document", "register", "platform", "mobility", "water", "energy", "care",
		"education", "tax", "safety", "crisis", "quantum", "robot", "map", "test", "procurement", "workplace"}
	heads = []string{"beveiliging", "beheer", "analyse", "kwaliteit", "architectuur", "modellering", "ontsluiting", "uitwisseling",
		"herkenning", "bescherming", "ontwikkeling", "innovatie", "toezicht", "opslag", "visualisatie", "governance",
		"automatisering", "migratie", "integratie", "detectie", "verrijking", "regie", "ethiek", "standaarden", "koppeling"}
	headsEN = []string{"security", "management", "analysis", "quality", "architecture", "modelling", "disclosure", "exchange",
		"recognition", "protection", "development", "innovation", "supervision", "storage", "visualisation", "governance",
		"automation", "migration", "integration", "detection", "enrichment", "control", "ethics", "standards", "linking"}
	domains = []string{"bij de politie", "in de zorg", "voor de waterschappen", "in het onderwijs", "bij de belastingen",
		"rond mobiliteit", "in de sociale zekerheid", "voor inspecties", "bij defensie", "in de leefomgeving",
		"voor ondernemers", "in de landbouw", "bij migratie", "rond erfgoed", "in de rechtspraak", "voor gemeenten",
		"bij rijksdiensten", "in de energieketen", "rond wonen", "bij de registers"}
	openings = []string{"Onderzoek naar", "Verkenning van", "Een handreiking voor", "Lessen uit", "Naar betere", "Sturen op",
		"De praktijk van", "Vertrouwen in", "Samen werken aan", "Kansen en grenzen van"}
	questions = []string{"Hoe houden we grip op", "Hoe versnellen we", "Wat levert het op:", "Hoe organiseren we", "Hoe borgen we",
		"Welke kennis is nodig voor", "Hoe meten we", "Hoe beginnen we met"}
	subjects = []string{"De dienst", "Het onderzoek", "Het team", "De opleiding", "De keten", "Het project", "De gebruiker", "De organisatie"}
	verbs    = []string{"vergelijkt", "ontwikkelt", "beproeft", "beschrijft", "verbetert", "vernieuwt", "meet", "ontsluit", "beoordeelt", "vereenvoudigt"}
	objects  = []string{"een werkwijze", "een model", "een prototype", "de bestaande systemen", "een leergang", "de uitvoering",
		"een set van maatregelen", "de gegevens van burgers", "een toetsingskader", "de samenwerking"}
	firstNames = []string{"Aaf", "Bente", "Ciska", "Douwe", "Evi", "Fenna", "Gijs", "Hylke", "Ilse", "Joris", "Kaat", "Lieke",
		"Mees", "Noor", "Oene", "Puck", "Quirijn", "Roos", "Sietske", "Teun", "Ubbo", "Veerle", "Wietse", "Ype", "Zwaantje"}
	lastNames = []string{"Proefpersoon", "Voorbeeldsma", "van Testeren", "Schijnbaar", "Modelmans", "de Verzonnene", "Fictema", "Maquettes"}
	jobs      = []string{"docent-onderzoeker", "lector", "adviseur", "beleidsmedewerker", "data-analist", "promovendus", "programmamanager", "architect"}
	cities    = []string{"Noordstad", "Oosterwerf", "Zuidhaven", "Westdijk", "Middenveld", "Bovenkerk", "Nederbrug", "Lagemeer"}
)
