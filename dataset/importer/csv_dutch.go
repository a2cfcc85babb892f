package importer

// dutchHeaders are the names of properties as a Dutch spreadsheet has them, where they
// are not those of the SDL already.
var dutchHeaders = map[string]string{
	"naam": "name", "naamengels": "nameEn", "engelsenaam": "nameEn", "nameen": "nameEn", "titel": "title", "afkorting": "abbreviation",
	"omschrijving": "description", "beschrijving": "description", "samenvatting": "abstract", "bron": "source", "plaats": "city", "stad": "city",
	"rollen": "roles", "rol": "role", "functie": "jobTitle", "functienaam": "jobTitle", "email": "email", "emailadres": "email", "mail": "email",
	"telefoon": "phone", "telefoonnummer": "phone", "soort": "kind", "opmerking": "note", "toelichting": "note", "urgentie": "urgency",
	"vormen": "forms", "vorm": "form", "gesteldop": "posedOn", "begindatum": "startDate", "startdatum": "startDate", "einddatum": "endDate",
	"geldigvanaf": "validFrom", "geldigtot": "validUntil", "sinds": "since", "vanaf": "since", "tot": "until", "totenmet": "until",
	"breedtegraad": "lat", "lengtegraad": "lon", "thema": "themes", "themas": "themes", "regio": "regions", "regios": "regions",
	"instelling": "institution", "ministerie": "ministry", "opsteller": "posedBy", "gestelddoor": "posedBy", "auteurs": "authors",
	"publicatiedatum": "publishedOn", "gepubliceerdop": "publishedOn", "ondertekendop": "signedOn", "deskundigheid": "expertise",
	"niveau": "level", "bijdrage": "funding", "namens": "onBehalfOf", "hoedanigheid": "capacity", "trefwoorden": "altLabelsNl",
	"voorkeurslabel": "prefLabelNl", "label": "prefLabelNl", "aangemaaktop": "createdAt", "gewijzigdop": "updatedAt",
}

// dutchPlurals are the names of files in Dutch, beside the singular that the SDL has.
var dutchPlurals = map[string]string{
	"Ministry": "ministeries", "Agency": "rijksdiensten", "Institution": "onderwijsinstellingen", "Lectoraat": "lectoraten", "Person": "personen",
	"Theme": "themas", "Vraagstuk": "vraagstukken", "Offer": "aanbod", "Project": "projecten", "Fieldlab": "fieldlabs", "Result": "resultaten",
	"Publication": "publicaties", "Agreement": "afspraken", "Programme": "programmas", "Body": "overlegorganen", "Region": "regios", "Proposal": "voorstellen",
}
