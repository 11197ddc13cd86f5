package export

// Rows of the tables. A field's tags are its column: the name and what stands
// in the dictionary. Values are plain (text, numbers, truth, days), lists are
// one text parted by ";", so that the same table is CSV, Parquet and JSON
// Lines. Text that is unknown is empty, numbers and days that are unknown are
// missing.

// StoryRow is a row of the table stories.
type StoryRow struct {
	Story        string `json:"story" parquet:"story" doc:"id of the story, as its input or publisher gives it"`
	Version      *int32 `json:"version" parquet:"version,optional" doc:"version of the story as its publisher counts them"`
	PubStatus    string `json:"pub_status" parquet:"pub_status,optional" doc:"usable, withheld or canceled, where the publisher says"`
	URL          string `json:"url" parquet:"url,optional" doc:"address"`
	Title        string `json:"title" parquet:"title,optional" doc:"headline"`
	Publisher    string `json:"publisher" parquet:"publisher,optional" doc:"who carries the story"`
	Agencies     string `json:"agencies" parquet:"agencies,optional" doc:"agencies behind the publisher, nearest to the origin first; list"`
	Lang         string `json:"lang" parquet:"lang" doc:"language of the story: code of its pack"`
	Published    string `json:"published" parquet:"published,optional" doc:"when it was put out: RFC 3339 with the original offset, or a date as precise as known"`
	PublishedDay *int32 `json:"published_day" parquet:"published_day,optional,date" doc:"the day of published in its own offset"`
	Place        string `json:"place" parquet:"place,optional" doc:"place of the dateline"`
	Country      string `json:"country" parquet:"country,optional" doc:"state of that place: ISO 3166-1 alpha-3"`
	News         *int32 `json:"news_day" parquet:"news_day,optional,date" doc:"resolved day of the news"`
	Characters   int32  `json:"characters" parquet:"characters" doc:"length of the text in code points"`
	TextSHA256   string `json:"text_sha256" parquet:"text_sha256" doc:"SHA-256 of the text"`
	Entities     int32  `json:"entities" parquet:"entities" doc:"number of entities read from it"`
	Events       int32  `json:"events" parquet:"events" doc:"number of events"`
	Quotations   int32  `json:"quotations" parquet:"quotations" doc:"number of quotations"`
	Pledges      int32  `json:"pledges" parquet:"pledges" doc:"number of pledges"`
	CoderVersion string `json:"coder_version" parquet:"coder_version" doc:"version of Kawat that read the story"`
}

// EntityRow is a row of the table entities.
type EntityRow struct {
	Story    string   `json:"story" parquet:"story" doc:"id of the story"`
	Entity   string   `json:"entity" parquet:"entity" doc:"id of the entity in the story"`
	Ref      string   `json:"ref" parquet:"ref" doc:"reference of the entity, the same in every story"`
	Kind     string   `json:"kind" parquet:"kind" doc:"person, state, organization, place or group"`
	Name     string   `json:"name" parquet:"name" doc:"the fullest name that the story gives"`
	NameEN   string   `json:"name_en" parquet:"name_en,optional" doc:"English name, where known"`
	Country  string   `json:"country" parquet:"country,optional" doc:"state or organization that it is of or acts for: ISO 3166-1 alpha-3 or an organization's three letters"`
	CAMEO    string   `json:"cameo" parquet:"cameo,optional" doc:"CAMEO actor code"`
	Sector   string   `json:"sector" parquet:"sector,optional" doc:"PLOVER sector"`
	Title    string   `json:"title" parquet:"title,optional" doc:"first office as in the story"`
	TitleEN  string   `json:"title_en" parquet:"title_en,optional" doc:"English form of the office"`
	Function string   `json:"function" parquet:"function,optional" doc:"class of the office: head-of-state, foreign-minister and so on"`
	Status   string   `json:"office_status" parquet:"office_status,optional" doc:"incumbent, acting, former, elect or nominated"`
	Offices  int32    `json:"offices" parquet:"offices" doc:"number of offices that the story gives"`
	Mentions int32    `json:"mentions" parquet:"mentions" doc:"number of mentions"`
	Lat      *float64 `json:"lat" parquet:"lat,optional" doc:"latitude of a place or of a state's seat of government, degrees"`
	Lon      *float64 `json:"lon" parquet:"lon,optional" doc:"longitude, degrees"`
}

// Occasion is when and where something is told to be, as rows of several tables
// say it.
type Occasion struct {
	Date         string   `json:"date" parquet:"date,optional" doc:"ISO 8601, as precise as known, local to the place"`
	Day          *int32   `json:"day" parquet:"day,optional,date" doc:"the date where it is known to the day"`
	Place        string   `json:"place" parquet:"place,optional" doc:"name of the place as in the story"`
	PlaceCountry string   `json:"place_country" parquet:"place_country,optional" doc:"state in which the place lies"`
	Lat          *float64 `json:"lat" parquet:"lat,optional" doc:"latitude, degrees"`
	Lon          *float64 `json:"lon" parquet:"lon,optional" doc:"longitude, degrees"`
}

// Origin is how sure a fact is, what found it and where it was told, as rows of
// several tables say it.
type Origin struct {
	Confidence float64 `json:"confidence" parquet:"confidence" doc:"0 to 1"`
	Rule       string  `json:"rule" parquet:"rule" doc:"rule or model that found it"`
	Published  *int32  `json:"published_day" parquet:"published_day,optional,date" doc:"day on which the story was put out"`
	Publisher  string  `json:"publisher" parquet:"publisher,optional" doc:"publisher of the story"`
}

// EventRow is a row of the table events.
type EventRow struct {
	Story              string  `json:"story" parquet:"story" doc:"id of the story"`
	Event              string  `json:"event" parquet:"event" doc:"id of the event in the story"`
	Key                string  `json:"key" parquet:"key" doc:"hash of type, sides and date, the same in every story"`
	Happening          string  `json:"happening" parquet:"happening,optional" doc:"id of the happening of which this is a report; empty where no archive was read"`
	Type               string  `json:"type" parquet:"type" doc:"PLOVER type"`
	Mode               string  `json:"mode" parquet:"mode,optional" doc:"PLOVER mode"`
	Contexts           string  `json:"contexts" parquet:"contexts,optional" doc:"PLOVER contexts; list"`
	CAMEO              string  `json:"cameo" parquet:"cameo" doc:"CAMEO code"`
	Quad               string  `json:"quad" parquet:"quad,optional" doc:"quad class of the type: verbal-cooperation and so on"`
	Goldstein          float64 `json:"goldstein" parquet:"goldstein" doc:"Goldstein value, -10 to 10"`
	Symmetric          bool    `json:"symmetric" parquet:"symmetric" doc:"the sides act alike, as in a meeting"`
	Actors             string  `json:"actors" parquet:"actors,optional" doc:"references of the actors; list"`
	ActorNames         string  `json:"actor_names" parquet:"actor_names,optional" doc:"names of the actors, English where known; list"`
	Recipients         string  `json:"recipients" parquet:"recipients,optional" doc:"references of the recipients; list"`
	RecipientNames     string  `json:"recipient_names" parquet:"recipient_names,optional" doc:"names of the recipients; list"`
	ActorCountries     string  `json:"actor_countries" parquet:"actor_countries,optional" doc:"states and organizations behind the actors; list"`
	RecipientCountries string  `json:"recipient_countries" parquet:"recipient_countries,optional" doc:"states and organizations behind the recipients; list"`
	ActorSectors       string  `json:"actor_sectors" parquet:"actor_sectors,optional" doc:"PLOVER sectors of the actors; list"`
	RecipientSectors   string  `json:"recipient_sectors" parquet:"recipient_sectors,optional" doc:"PLOVER sectors of the recipients; list"`
	Domestic           bool    `json:"domestic" parquet:"domestic" doc:"actor and recipient are of one state"`
	Occasion
	Status     string `json:"status" parquet:"status" doc:"occurred, ongoing, planned, pledged, requested, conditional or denied"`
	Condition  string `json:"condition" parquet:"condition,optional" doc:"words of the condition"`
	AssertedBy string `json:"asserted_by" parquet:"asserted_by,optional" doc:"reference of the speaker whose words alone carry the event; empty where the story states it itself"`
	Quotation  string `json:"quotation" parquet:"quotation,optional" doc:"id of the quotation in which it stands"`
	Evidence   string `json:"evidence" parquet:"evidence,optional" doc:"the words that state the event"`
	Start      int32  `json:"start" parquet:"start" doc:"where those words begin: code points of the text"`
	End        int32  `json:"end" parquet:"end" doc:"where they end, exclusive"`
	Origin
	CoderVersion string `json:"coder_version" parquet:"coder_version" doc:"version of Kawat that coded it"`
}

// QuotationRow is a row of the table quotations.
type QuotationRow struct {
	Story      string `json:"story" parquet:"story" doc:"id of the story"`
	Quotation  string `json:"quotation" parquet:"quotation" doc:"id of the quotation in the story"`
	Kind       string `json:"kind" parquet:"kind" doc:"direct, indirect or mixed"`
	Speaker    string `json:"speaker" parquet:"speaker,optional" doc:"reference of the speaker; empty where attribution abstains"`
	Name       string `json:"speaker_name" parquet:"speaker_name,optional" doc:"name of the speaker"`
	Country    string `json:"speaker_country" parquet:"speaker_country,optional" doc:"state or organization of the speaker"`
	Cue        string `json:"cue" parquet:"cue,optional" doc:"lemma of the reporting word"`
	Content    string `json:"content" parquet:"content" doc:"what was said, in the story's words"`
	Start      int32  `json:"start" parquet:"start" doc:"where the content begins: code points of the text"`
	End        int32  `json:"end" parquet:"end" doc:"where it ends, exclusive"`
	Addressee  string `json:"addressee" parquet:"addressee,optional" doc:"reference of the addressee"`
	OnBehalfOf string `json:"on_behalf_of" parquet:"on_behalf_of,optional" doc:"reference of whom the speaker speaks for"`
	Relay      string `json:"relay" parquet:"relay,optional" doc:"reference of who passed the words on"`
	Medium     string `json:"medium" parquet:"medium,optional" doc:"speech, statement, press-release, post, letter or interview"`
	Origin
}

// PledgeRow is a row of the table pledges.
type PledgeRow struct {
	Story     string `json:"story" parquet:"story" doc:"id of the story"`
	Pledge    string `json:"pledge" parquet:"pledge" doc:"id of the pledge in the story"`
	Act       string `json:"act" parquet:"act" doc:"willing, will, agreed, supports, proposes, refuses or conditional"`
	By        string `json:"by" parquet:"by,optional" doc:"references of who pledges; list"`
	ByNames   string `json:"by_names" parquet:"by_names,optional" doc:"their names; list"`
	ByCountry string `json:"by_countries" parquet:"by_countries,optional" doc:"their states and organizations; list"`
	To        string `json:"to" parquet:"to,optional" doc:"references of to whom; list"`
	ToNames   string `json:"to_names" parquet:"to_names,optional" doc:"their names; list"`
	ToCountry string `json:"to_countries" parquet:"to_countries,optional" doc:"their states and organizations; list"`
	Content   string `json:"content" parquet:"content,optional" doc:"what is pledged, in the story's words"`
	Due       string `json:"due" parquet:"due,optional" doc:"by when: ISO 8601, as precise as known"`
	Condition string `json:"condition" parquet:"condition,optional" doc:"words of the condition"`
	Quotation string `json:"quotation" parquet:"quotation,optional" doc:"id of the quotation in which it stands"`
	Evidence  string `json:"evidence" parquet:"evidence,optional" doc:"the words that state it"`
	Start     int32  `json:"start" parquet:"start" doc:"where those words begin: code points of the text"`
	End       int32  `json:"end" parquet:"end" doc:"where they end, exclusive"`
	Origin
}

// EncounterRow is a row of the table encounters.
type EncounterRow struct {
	Story        string `json:"story" parquet:"story" doc:"id of the story"`
	Encounter    string `json:"encounter" parquet:"encounter" doc:"id of the encounter in the story"`
	Kind         string `json:"kind" parquet:"kind" doc:"meeting, call, visit, summit, ceremony or talks"`
	Status       string `json:"status" parquet:"status" doc:"occurred, planned and so on, as for events"`
	Participants string `json:"participants" parquet:"participants,optional" doc:"references of who met; list"`
	Names        string `json:"participant_names" parquet:"participant_names,optional" doc:"their names; list"`
	Countries    string `json:"participant_countries" parquet:"participant_countries,optional" doc:"their states and organizations; list"`
	Occasion
	Event    string `json:"event" parquet:"event,optional" doc:"id of the event in the story that it belongs to"`
	Evidence string `json:"evidence" parquet:"evidence,optional" doc:"the words that state it"`
	Origin
}

// HappeningRow is a row of the table happenings.
type HappeningRow struct {
	Happening          string `json:"happening" parquet:"happening" doc:"id of the happening"`
	Type               string `json:"type" parquet:"type" doc:"PLOVER type"`
	CAMEO              string `json:"cameo" parquet:"cameo,optional" doc:"CAMEO code of its first report"`
	Actors             string `json:"actors" parquet:"actors,optional" doc:"references of the actors; list"`
	Recipients         string `json:"recipients" parquet:"recipients,optional" doc:"references of the recipients; list"`
	ActorCountries     string `json:"actor_countries" parquet:"actor_countries,optional" doc:"states and organizations behind the actors; list"`
	RecipientCountries string `json:"recipient_countries" parquet:"recipient_countries,optional" doc:"states and organizations behind the recipients; list"`
	Occasion
	Status   string `json:"status" parquet:"status" doc:"status now: what was planned may have occurred"`
	Reports  int32  `json:"reports" parquet:"reports" doc:"events of all stories that report it"`
	Stories  int32  `json:"stories" parquet:"stories" doc:"stories that report it"`
	Sources  int32  `json:"sources" parquet:"sources" doc:"publishers that report it"`
	StoryIDs string `json:"story_ids" parquet:"story_ids,optional" doc:"ids of those stories; list"`
}
