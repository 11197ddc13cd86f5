package serve

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kawat/lang"
	"kawat/record"
)

//go:embed words.tsv
var wordsTable string

//go:embed pages
var pageFiles embed.FS

// languages are those that the interface speaks.
var languages = [...]string{"en", "id"}

// frame holds the pages in one language of the interface.
type frame struct {
	ui     *record.Words
	names  names    // of states and organizations
	states []party  // the same, by their names, with their codes
	langs  []string // that stories may be in
	pages  map[string]*template.Template
}

// tab is an entry of the menu.
type tab struct{ Path, Key, Shortcut string }

// tabs stand on every page, in this order. A shortcut is typed after "g".
func tabs() []tab {
	return []tab{
		{"/", "today", "t"},
		{"/happenings", "happenings", "h"},
		{"/events", "tab-events", "e"},
		{"/encounters", "encounters", "m"},
		{"/quotations", "tab-quotations", "q"},
		{"/pledges", "pledges", "p"},
		{"/countries", "countries", "c"},
		{"/map", "map", "a"},
		{"/network", "network", "n"},
		{"/review", "review", "v"},
		{"/alerts", "alerts", "l"},
		{"/sources", "sources", "s"},
		{"/about", "tab-about", "b"},
		{"/read", "read-this", "r"},
	}
}

// tabs are those that a request's user may open.
func (s *Server) tabs(r *http.Request) []tab {
	return slices.DeleteFunc(tabs(), func(t tab) bool { return t.Path == "/review" && !s.mayReview(r.Context()) })
}

func newFrame(language string, packs *lang.Packs) (*frame, error) {
	ui, err := record.UI(language, wordsTable)
	if err != nil {
		return nil, err
	}
	f := &frame{ui: ui, pages: map[string]*template.Template{}}
	pack, ok := packs.Pack(language)
	if !ok {
		return nil, fmt.Errorf("there is no language pack %q", language)
	}
	if f.names, err = newNames(pack); err != nil {
		return nil, err
	}
	f.states, f.langs = f.names.sorted(), packs.Codes()
	base, err := template.New("frame.html").Funcs(f.functions()).ParseFS(pageFiles, "pages/frame.html", "pages/parts.html")
	if err != nil {
		return nil, err
	}
	files, err := pageFiles.ReadDir("pages")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		name := strings.TrimSuffix(file.Name(), ".html")
		if name == "frame" || name == "parts" {
			continue
		}
		t, err := base.Clone()
		if err == nil {
			t, err = t.ParseFS(pageFiles, "pages/"+file.Name())
		}
		if err != nil {
			return nil, err
		}
		f.pages[name] = t
	}
	return f, nil
}

// functions are those that templates may call.
func (f *frame) functions() template.FuncMap {
	return template.FuncMap{
		"say": f.ui.Say, "nameOf": f.names.of, "join": strings.Join, "has": slices.Contains[[]string], "label": f.label, "count": f.count,
		"quads": func() []string { return quads[:] }, "offices": func() []string { return offices }, "statuses": func() []string { return statuses },
		"langs": func() []string { return f.langs }, "statesByName": func() []party { return f.states },
	}
}

// label is what a value of a filter is called; types in capitals stand for
// themselves, as in the code book.
func (f *frame) label(value string) string {
	if strings.ToUpper(value) == value {
		return value
	}
	return f.ui.Say(value)
}

// count tells how many there are of something: "1 story", "2 stories".
func (f *frame) count(n int, key string) string {
	if n == 1 {
		return "1 " + f.ui.Say(key+"-one")
	}
	return strconv.Itoa(n) + " " + f.ui.Say(key+"-many")
}

// offices are the functions that a filter offers.
var offices = []string{
	"head-of-state", "head-of-government", "foreign-minister", "defence-minister", "minister", "ambassador", "envoy", "spokesperson", "legislator", "secretary-general", "royal",
}

// view is what a page is made of.
type view struct {
	UI    *record.Words
	Other string // the other language of the interface
	Path  string // of the request, with its query
	Here  string // path of the tab that is lit
	Tabs  []tab
	Title string
	Words string // in the search box
	User  string // who signed in
	Style string // address of the style sheet, which changes with its content
	Code  string // address of the script
	Data  any
}

// show answers with a page. A page that fails half way is never sent.
func (s *Server) show(w http.ResponseWriter, r *http.Request, status int, name, title string, data any) {
	f := s.frame(r)
	v := view{
		UI: f.ui, Path: r.URL.RequestURI(), Here: r.URL.Path, Tabs: s.tabs(r), Title: title, Words: r.URL.Query().Get("words"),
		Style: assetPath("desk.css"), Code: assetPath("desk.js"), Data: data,
	}
	if _, err := r.Cookie(sessionCookie); err == nil {
		v.User = userOf(r.Context()).Name
	}
	for _, lang := range languages {
		if lang != f.ui.Lang {
			v.Other = lang
		}
	}
	var b bytes.Buffer
	t := f.pages[name]
	if t == nil {
		panic(fmt.Sprintf("there is no page %q", name))
	}
	if err := t.ExecuteTemplate(&b, "frame.html", v); err != nil {
		s.opt.Log.Error("page failed", "page", name, "path", r.URL.Path, "error", err)
		http.Error(w, f.ui.Say("went-wrong"), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", f.ui.Lang)
	w.WriteHeader(status)
	b.WriteTo(w) // the client may be gone; there is nobody to tell
}

// frame returns the pages in the language that a request wants.
func (s *Server) frame(r *http.Request) *frame { return s.frames[s.language(r)] }

// fail answers with an error of the interface.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, status int, key string) {
	if isAPI(r) {
		problem(w, status, s.frames["en"].ui.Say(key))
		return
	}
	s.show(w, r, status, "error", s.frame(r).ui.Say(key), nil)
}

// languageCookie remembers a reader's choice.
const languageCookie = "kawat-lang"

// language returns the language of the interface that a request wants: as
// chosen, else as its browser says, else the server's own.
func (s *Server) language(r *http.Request) string {
	if c, err := r.Cookie(languageCookie); err == nil && slices.Contains(languages[:], c.Value) {
		return c.Value
	}
	for _, want := range strings.Split(r.Header.Get("Accept-Language"), ",") {
		code, _, _ := strings.Cut(strings.TrimSpace(want), ";")
		code, _, _ = strings.Cut(strings.ToLower(code), "-")
		if slices.Contains(languages[:], code) {
			return code
		}
	}
	return s.opt.Lang
}

// chooseLanguage keeps a reader's choice and goes back to where it was made.
func (s *Server) chooseLanguage(w http.ResponseWriter, r *http.Request) {
	lang, back := r.FormValue("lang"), r.FormValue("back")
	if !slices.Contains(languages[:], lang) {
		s.fail(w, r, http.StatusBadRequest, "went-wrong")
		return
	}
	http.SetCookie(w, &http.Cookie{
		Name: languageCookie, Value: lang, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
	http.Redirect(w, r, safeBack(back, "/"), http.StatusSeeOther)
}
