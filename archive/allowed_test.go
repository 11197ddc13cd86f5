package archive_test

import (
	"context"
	"strings"
	"testing"

	"kawat/archive"
)

// TestFiltersThatNothingPasses: a value that no fact can have is an error that
// names the values there are, and not an empty answer.
func TestFiltersThatNothingPasses(t *testing.T) {
	a := open(t, archive.Options{})
	put(t, a, meeting("s1", "TASS", "2024-04-09", "Ana Silva met Li Wen."))
	state := func(code string) bool { return code == "CHN" || code == "NOR" }
	for _, x := range []struct {
		f    archive.Filter
		want string // "" passes
	}{
		{archive.Filter{Type: []string{"consult", "meeting", "direct", "will"}, Status: []string{"Planned", "cancelled"}, Office: []string{"foreign-minister"}}, ""},
		{archive.Filter{Actor: []string{"per"}, Recipient: []string{"NOR"}, Lang: []string{"id"}, CAMEO: []string{"04", "0431"}, Quad: []string{"1"}}, ""},
		{archive.Filter{Type: []string{"CONSULTS"}}, `"CONSULTS" is no type: AGREE, CONSULT, `},
		{archive.Filter{Status: []string{"done"}}, `"done" is no status: occurred, `},
		{archive.Filter{Office: []string{"king"}}, `"king" is no office: head-of-state, `},
		{archive.Filter{Quad: []string{"5"}}, `"5" is no quad class: 1 to 4, `},
		{archive.Filter{CAMEO: []string{"04x"}}, `"04x" is no CAMEO code: `},
		{archive.Filter{Lang: []string{"xx"}}, `"xx" is no language of the archive: en, id`},
		{archive.Filter{Actor: []string{"Chile"}}, `"Chile" is no state or organization: `},
		{archive.Filter{Dyad: []string{"CHN", "QQQ"}}, `"QQQ" is no state or organization: `},
	} {
		err := a.CheckFilter(context.Background(), &x.f, state)
		if x.want == "" && err != nil || x.want != "" && (err == nil || !strings.HasPrefix(err.Error(), x.want)) {
			t.Errorf("%+v: %v, want %s", x.f, err, x.want)
		}
	}
}
