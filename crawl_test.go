package kawat_test

import (
	"fmt"
	"strings"
	"testing"

	"kawat"
)

// TestDayOfACrawl: a page that does not say when it was put out is of the day on
// which the crawl fetched it, so that "on Monday" has a day to count from; what a
// page says itself stands above it.
func TestDayOfACrawl(t *testing.T) {
	r, err := kawat.New(kawat.Options{})
	if err != nil {
		t.Fatal(err)
	}
	page := func(head string) string {
		body := "<html lang=en><head><title>Silva in Oslo</title>" + head + "</head><body><article><p>OSLO - Peruvian Foreign Minister Ana Silva met her Norwegian counterpart Berit Dahl in Oslo on Monday, officials said.</p></article></body></html>"
		block := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
		return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://warta.example/%d\r\nWARC-Date: 2024-02-07T06:00:00Z\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
			len(head), len(block), block)
	}
	crawl := page("") + page(`<meta property="article:published_time" content="2023-11-20T09:00:00Z">`)
	var published, days []string
	for st, err := range r.Stories("crawl.warc", strings.NewReader(crawl)) {
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Read(st); err != nil {
			t.Fatal(err)
		}
		rec := r.Record(st)
		published = append(published, rec.Story.Published)
		for _, e := range rec.Encounters {
			days = append(days, e.Date)
		}
	}
	if got := fmt.Sprint(published, days); got != "[2024-02-07T06:00:00Z 2023-11-20T09:00:00Z] [2024-02-05 2023-11-20]" {
		t.Error(got)
	}
}
