package syntax

import (
	"strings"
	"testing"
)

func TestSeams(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"id", "Presiden Amerika SerikatMartin Silvamengatakan perundingan dimulai.", "Presiden Amerika Serikat Martin Silva mengatakan perundingan dimulai ."},
		{"id", "Dikutip dariThe Lima Times, militerIsraelmengatakan hal itu.", "Dikutip dari The Lima Times , militer Israel mengatakan hal itu ."},
		{"id", "Bulan Ramadan di Sudan dan Wahyudi di YouTube.", "Bulan Ramadan di Sudan dan Wahyudi di YouTube ."},
		{"en", "McDonald met DeSilva in McAllen.", "McDonald met DeSilva in McAllen ."},
	} {
		st := run(t, parser(t, c.lang), c.text)
		var got []string
		for i := range st.Words {
			got = append(got, st.Words[i].Form)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, s, c.want)
		}
	}
}
