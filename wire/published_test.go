package wire

import "testing"

func TestDatesOfPublication(t *testing.T) {
	r := reader(t)
	for in, want := range map[string]string{
		"2024-04-09T10:00:00+07:00":                   "2024-04-09T10:00:00+07:00",
		"20240412T101500+0200":                        "2024-04-12T10:15:00+02:00",
		"20240412T101500Z":                            "2024-04-12T10:15:00Z",
		"Kamis, 12 Maret 2026 09:15 WIB":              "2026-03-12T09:15:00+07:00",
		"Thu, 12 Mar 2026 09:15:22 WIT":               "2026-03-12T09:15:00+09:00",
		"Thu, 12 Mar 2026 02:15:00 +0000":             "2026-03-12T02:15:00Z",
		"Thu, 5 Mar 2026 02:15:00 -0500":              "2026-03-05T02:15:00-05:00",
		"Thu, 05 Mar 2026 02:15:00 GMT":               "2026-03-05T02:15:00Z",
		"Kamis, 12 Mar 2026 09:15:00 +0700":           "2026-03-12T09:15:00+07:00",
		"12 Maret 2026, 09.15 GMT+7":                  "2026-03-12T09:15:00+07:00",
		"Thu, 12 Mar 2026 09:15:00 IST":               "2026-03-12", // of which country?
		"2026-03-12 09:15":                            "2026-03-12",
		"2024":                                        "2024",
		"31 Februari 2026":                            "",
		"pada Kamis, 12 Maret 2026, ia pergi ke sana": "",
		"": "",
	} {
		got, _ := r.dates.parse(in)
		if got.Raw != want {
			t.Errorf("%q is read as %q, want %q", in, got.Raw, want)
		}
	}
}
