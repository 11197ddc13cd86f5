package serve

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
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
	ctx, cancel = context.WithTimeout(ctx, 3*time.Minute)
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

// serious returns the serious findings of axe-core on the page that is open.
// The rules are put into the page by the debugger, past the page's own policy.
func serious(ctx context.Context, t *testing.T, axe string) []string {
	t.Helper()
	const judge = `axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations
		.filter(v => v.impact === "serious" || v.impact === "critical").map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ")).slice(0, 3).join(" | "))))`
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[int](axe+";0")); err != nil {
		t.Fatalf("axe: %v", err)
	}
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

// looks are the ways in which every page is opened.
var looks = []struct {
	name string
	wide int64
	dark string
}{{"desktop light", 1280, "light"}, {"phone dark", 390, "dark"}}

func TestPagesInABrowser(t *testing.T) {
	srv := server(t)
	axe := axeScript(t)
	ctx := browser(t)
	_, body := do(t, get(t, srv.URL+"/quotations"))
	story := regexp.MustCompile(`/story/[0-9a-f]+`).FindString(body)
	_, body = do(t, get(t, srv.URL+"/happenings"))
	happening := regexp.MustCompile(`/happening/[0-9a-f]+/\w+`).FindString(body)
	for _, look := range looks {
		for _, path := range []string{
			"/", "/happenings", happening, "/sources", "/events", "/events?actor=IDN&since=2024", "/encounters", "/quotations", "/pledges", "/messages", "/countries", "/country/IDN", "/dyad/IDN/CAN",
			"/person?ref=" + url.QueryEscape(somebody), "/map", "/network", "/alerts", "/review", "/review?kind=pledges", strings.Replace(story, "/story/", "/review/", 1) + "/q1", "/search?words=Wibisono", "/about", "/read", "/login", story, "/no/such",
		} {
			t.Run(look.name+path, func(t *testing.T) {
				err := chromedp.Do(ctx, chromedp.EmulateViewport(look.wide, 900), inScheme(look.dark), chromedp.Navigate(srv.URL+path))
				if err != nil {
					t.Fatal(err)
				}
				wide, err := chromedp.Run(ctx, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`))
				if err != nil {
					t.Fatal(err)
				}
				if wide > look.wide {
					t.Errorf("the page is %d wide", wide)
				}
				if found := serious(ctx, t, axe); len(found) > 0 {
					t.Errorf("accessibility:\n%s", strings.Join(found, "\n"))
				}
			})
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
	if found := serious(ctx, t, axe); len(found) > 0 {
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
