package serve

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"kawat/feed"
)

// missing ends a test for which something is not at hand: a skip, but a failure
// where everything has to be tested.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("KAWAT_TEST_ALL") != "" {
		t.Fatalf("%s is needed and not here", what)
	}
	t.Skipf("%s is not here", what)
}

// browser starts a Chromium.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		missing(t, "Chromium")
	}
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), chromedp.ExecPath(path), chromedp.Flag("headless", true), chromedp.Flag("no-sandbox", true), chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("lang", "en-US"))
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	ctx, cancel = context.WithTimeout(ctx, 10*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// axeScript returns the rules by which pages are judged for accessibility
// (axe-core); KAWAT_AXE is the path of axe.min.js.
func axeScript(t *testing.T) string {
	t.Helper()
	path := os.Getenv("KAWAT_AXE")
	if path == "" {
		missing(t, "KAWAT_AXE, the path of axe-core's axe.min.js,")
	}
	data, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// load puts axe-core into the page that is open, by the debugger and past the
// page's own policy.
func load(ctx context.Context, t *testing.T, axe string) {
	t.Helper()
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[int](axe+";0")); err != nil {
		t.Fatalf("axe: %v", err)
	}
}

// serious returns the serious findings of axe-core on the page that is open.
func serious(ctx context.Context, t *testing.T) []string {
	t.Helper()
	const judge = `axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations
		.filter(v => v.impact === "serious" || v.impact === "critical").map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ")).slice(0, 3).join(" | "))))`
	found, err := chromedp.Run(ctx, chromedp.Evaluate[string](judge, awaited))
	if err != nil {
		t.Fatalf("axe: %v", err)
	}
	var list []string
	if err := json.Unmarshal([]byte(found), &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// looks are the ways in which every page is looked at, one after the other.
var looks = []struct {
	name string
	wide int64
	dark string
}{{"phone light", 390, "light"}, {"phone dark", 390, "dark"}, {"desktop dark", 1280, "dark"}, {"desktop light", 1280, "light"}}

// pagesOf are pages of every kind over the golden stories.
func pagesOf(t *testing.T, srv string) []string {
	t.Helper()
	_, body := do(t, get(t, srv+"/quotations"))
	story := regexp.MustCompile(`/story/[0-9a-f]+`).FindString(body)
	_, body = do(t, get(t, srv+"/happenings"))
	happening := happeningAddress.FindString(body)
	if story == "" || happening == "" {
		t.Fatal("the golden stories tell no quotation, or no happening")
	}
	return []string{
		"/", "/happenings", happening, "/sources", "/events", "/events?actor=IDN&since=2024", "/encounters", "/quotations?said=gencatan", "/pledges", "/messages", "/countries", "/country/IDN",
		"/dyad/IDN/CAN", "/dyad/IDN/CAN?with=NOR,IDN", "/person?ref=" + url.QueryEscape(somebody), "/map", "/network", "/alerts", "/review", "/review?kind=pledges", "/review?kind=merges",
		strings.Replace(story, "/story/", "/review/", 1) + "/q1", "/search?words=Wibisono", "/about", "/read", "/login", story, "/events?since=yesterday", "/no/such",
	}
}

// Every page is looked at in both languages, light and dark, on a phone and on a
// desk: it is no wider than its screen, speaks the language that was chosen, and
// axe-core finds nothing serious.
func TestPagesInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("looks at every page")
	}
	srv := mergingServer(t)
	axe := axeScript(t)
	ctx := browser(t)
	paths := pagesOf(t, srv.URL)
	for _, lang := range languages {
		speak(ctx, t, srv.URL, lang)
		for _, path := range paths {
			t.Run(lang+path, func(t *testing.T) {
				if err := chromedp.Do(ctx, chromedp.Navigate(srv.URL+path)); err != nil {
					t.Fatal(err)
				}
				if got := value(ctx, t, `document.documentElement.lang`); got != lang {
					t.Errorf("the page is in %q", got)
				}
				load(ctx, t, axe)
				for _, look := range looks {
					if err := chromedp.Do(ctx, chromedp.EmulateViewport(look.wide, 900), inScheme(look.dark)); err != nil {
						t.Fatal(err)
					}
					if got, want := value(ctx, t, `String(document.documentElement.scrollWidth <= innerWidth)`), "true"; got != want {
						t.Errorf("%s: the page is wider than its screen", look.name)
					}
					if found := serious(ctx, t); len(found) > 0 {
						t.Errorf("%s: accessibility:\n%s", look.name, strings.Join(found, "\n"))
					}
				}
			})
		}
	}
}

// mergingServer is a desk on which merges may be decided, too.
func mergingServer(t *testing.T) *httptest.Server {
	t.Helper()
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	a := golden(t)
	s, err := New(Options{Archive: a, Reader: r, Fetcher: feed.New(feed.Options{}), Write: a.Update})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	return srv
}

// speak chooses the language of the pages, as the button does.
func speak(ctx context.Context, t *testing.T, srv, lang string) {
	t.Helper()
	choose := `fetch("/language", {method: "POST", headers: {"Content-Type": "application/x-www-form-urlencoded"}, body: "back=/healthz&lang=` + lang + `"}).then(r => String(r.ok))`
	if err := chromedp.Do(ctx, chromedp.Navigate(srv+"/healthz")); err != nil {
		t.Fatal(err)
	}
	if ok, err := chromedp.Run(ctx, chromedp.Evaluate[string](choose, awaited)); err != nil || ok != "true" {
		t.Fatalf("choosing %s: %v %v", lang, ok, err)
	}
}

// value is what an expression gives on the page that is open.
func value(ctx context.Context, t *testing.T, expression string) string {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[string](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// maxTabs bounds the steps of a walk over one page.
const maxTabs = 24

// focused tells what has the focus: what it is, and what of it a person who
// walks by keys would miss.
const focused = `(() => { const n = document.activeElement; if (!n || n === document.body) return "";
	const r = n.getBoundingClientRect(), s = getComputedStyle(n), all = [...document.querySelectorAll("a, button, input, select, textarea, summary, [tabindex]")];
	const lit = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || n instanceof SVGElement;
	const seen = (r.width > 0 && r.height > 0 || n instanceof SVGElement) && r.bottom > 0 && r.top < innerHeight;
	return all.indexOf(n) + " " + (seen ? "" : "unseen ") + (lit ? "" : "unlit ") + n.outerHTML.slice(0, 120); })()`

// Every page is walked by keys alone: the tabulator goes on from one control to
// the next, each is seen and shows that it has the focus; j and k walk lists,
// Enter opens, "/" goes to the search, g and a letter to every page.
func TestPagesByKeys(t *testing.T) {
	if testing.Short() {
		t.Skip("walks every page")
	}
	srv := mergingServer(t)
	ctx := browser(t)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)); err != nil {
		t.Fatal(err)
	}
	press := func(t *testing.T, keys ...string) {
		t.Helper()
		for _, key := range keys {
			if err := chromedp.Do(ctx, chromedp.KeyEvent(key)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, path := range pagesOf(t, srv.URL) {
		t.Run(path, func(t *testing.T) {
			if err := chromedp.Do(ctx, chromedp.Navigate(srv.URL+path)); err != nil {
				t.Fatal(err)
			}
			last := -1
			for range maxTabs {
				press(t, "\t")
				now := value(ctx, t, focused)
				if now == "" {
					break // past the last control
				}
				place, what, _ := strings.Cut(now, " ")
				n, err := strconv.Atoi(place)
				switch {
				case err != nil || n < last && n > 0 || n == last && !strings.Contains(what, `type="date"`): // which has three fields
					t.Fatalf("the focus goes back or stays: %s", now)
				case n < last:
					return // round to the first control again
				}
				last = n
				if strings.HasPrefix(what, "un") {
					t.Errorf("the focus is lost from sight: %s", what)
				}
			}
		})
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(srv.URL+"/happenings")); err != nil {
		t.Fatal(err)
	}
	press(t, "j", "j", "k", "\r")
	if err := chromedp.Do(ctx, chromedp.WaitVisible(chromedp.CSS(".rows.side"))); err != nil {
		t.Fatalf("Enter opens no happening: %v", err)
	}
	press(t, "/")
	if got := value(ctx, t, `document.activeElement.name`); got != "words" {
		t.Errorf(`"/" goes to %q`, got)
	}
	for _, tab := range tabs() {
		if err := chromedp.Do(ctx, chromedp.Navigate(srv.URL+"/no/such")); err != nil {
			t.Fatal(err)
		}
		press(t, "g", tab.Shortcut)
		if err := chromedp.Do(ctx, chromedp.WaitVisible(chromedp.CSS(`nav a[aria-current][href="`+tab.Path+`"]`))); err != nil {
			t.Errorf("g %s does not lead to %s: %v", tab.Shortcut, tab.Path, err)
		}
	}
}

// Words of persons, bodies, quotations and events differ in shape, not in colour
// alone, before anything is pointed at.
func TestWordsAreLitByShape(t *testing.T) {
	srv := server(t)
	ctx := browser(t)
	_, body := do(t, get(t, srv.URL+"/quotations?publisher=detikcom"))
	story := regexp.MustCompile(`/story/[0-9a-f]+`).FindString(body)
	if err := chromedp.Do(ctx, chromedp.Navigate(srv.URL+story)); err != nil {
		t.Fatal(err)
	}
	for class, want := range map[string]string{"person": "solid", "body": "dotted", "quotation": "shadow", "trigger": "700"} {
		got := value(ctx, t, `(() => { const n = document.querySelector("article span.`+class+`"); if (!n) return "none"; const s = getComputedStyle(n);
			return [s.borderBottomColor === "rgba(0, 0, 0, 0)" ? "unseen" : s.borderBottomStyle, s.boxShadow === "none" ? "" : "shadow", s.fontWeight].join(" "); })()`)
		if !strings.Contains(got, want) {
			t.Errorf("%s is shown by %q, want %s", class, got, want)
		}
	}
}

// somebody is a person of the golden stories.
const somebody = "person:IDN/wibisono-rahmat"

// Pasting a story, walking its facts with the keyboard: the words of the fact
// that has the focus are lit.
func TestReadThisInABrowser(t *testing.T) {
	srv := server(t)
	axe := axeScript(t)
	ctx := browser(t)
	err := chromedp.Do(ctx,
		chromedp.Navigate(srv.URL+"/read"),
		chromedp.SetValue(chromedp.CSS("textarea"), pasted),
		chromedp.Click(chromedp.CSS("button.primary")),
		chromedp.WaitVisible(chromedp.CSS(".fact")),
		chromedp.KeyEvent("j"),
	)
	if err != nil {
		t.Fatal(err)
	}
	lit, err := chromedp.Run(ctx, chromedp.Evaluate[string](`Array.from(document.querySelectorAll("article .lit")).map(n => n.textContent).join("|")`))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(lit, "Ana Silva") {
		t.Errorf("lit words: %q", lit)
	}
	load(ctx, t, axe)
	if found := serious(ctx, t); len(found) > 0 {
		t.Errorf("accessibility:\n%s", strings.Join(found, "\n"))
	}
}

// awaited waits for the promise that an expression gives.
func awaited(p *runtime.EvaluateParams) { p.AwaitPromise = new(true) }

// inScheme shows pages as on a device whose owner prefers light or dark.
func inScheme(scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return err
	})
}
