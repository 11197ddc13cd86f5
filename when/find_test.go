package when_test

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"

	"kawat/story"
	"kawat/when"
)

// finder compiles a language's own table, so that the tests prove the words
// that are shipped.
func finder(t testing.TB, code string) *when.Finder {
	t.Helper()
	name := "../lang/packs/" + code + "/times.tsv"
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var rows []when.Row
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" || line[0] == '#' || strings.HasPrefix(line, "kind\t") {
			continue
		}
		c := append(strings.Split(line, "\t"), make([]string, 5)...)
		rows = append(rows, when.Row{Kind: c[0], Form: c[1], Value: c[2], Place: c[3], Needs: c[4], Where: name + ":" + strconv.Itoa(n)})
	}
	f, err := when.New(rows)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// show writes what was found: `words=date..end~!` with ~ for rough and ! for a note.
func show(text string, found []when.Expr) string {
	var out []string
	for _, e := range found {
		s := text[e.Span.Start:e.Span.End] + "=" + e.Date
		if e.End != "" {
			s += ".." + e.End
		}
		switch e.Relation {
		case when.Since:
			s = "since " + s
		case when.Until:
			s = "until " + s
		}
		if e.Rough {
			s += "~"
		}
		if e.Note != "" {
			s += "!"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

// The references of the tables below. 2024-04-10 was a Wednesday.
var (
	wednesday = when.Ref{Published: "2024-04-10"}
	april     = when.Ref{Published: "2024-04"}
	year2024  = when.Ref{Year: 2024}
	nothing   when.Ref
)

type findCase struct {
	text string
	ref  when.Ref
	want string
}

func runCases(t *testing.T, code string, cases []findCase) {
	f := finder(t, code)
	for _, c := range cases {
		got := show(c.text, f.Find(c.text, story.Span{End: len(c.text)}, c.ref))
		if got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestFindIndonesian(t *testing.T) {
	runCases(t, "id", []findCase{
		{"Kota itu berdiri 2.500 tahun lalu.", wednesday, ""},
		// Weekday and date.
		{"Menlu bertemu mitranya pada Selasa (9/4) di Amman.", year2024, "Selasa (9/4)=2024-04-09"},
		{"Menlu bertemu mitranya pada Selasa (9/4) di Amman.", wednesday, "Selasa (9/4)=2024-04-09"},
		{"Menlu bertemu mitranya pada Selasa (9/4) di Amman.", april, "Selasa (9/4)=2024-04-09"},
		{"Menlu bertemu mitranya pada Selasa (9/4) di Amman.", nothing, "Selasa (9/4)="},
		{"kata dia, Selasa (9/4/2024).", nothing, "Selasa (9/4/2024)=2024-04-09"},
		{"kata dia, Selasa (09/04/24).", nothing, "Selasa (09/04/24)=2024-04-09"},
		{"pada Senin (8/4/) lalu", wednesday, "Senin (8/4/) lalu=2024-04-08"}, // a year that was lost
		{"kata dia, Selasa 9/4/2024.", nothing, "Selasa 9/4/2024=2024-04-09"},
		{"Selasa, 9 April 2024, ia tiba.", nothing, "Selasa, 9 April 2024=2024-04-09"},
		{"Selasa 9 April ia tiba.", wednesday, "Selasa 9 April=2024-04-09"},
		{"Selasa (9 April) ia tiba.", wednesday, "Selasa (9 April)=2024-04-09"},
		{"Selasa tanggal 9 April ia tiba.", wednesday, "Selasa tanggal 9 April=2024-04-09"},
		{"pada hari Selasa, 9 April 2024", nothing, "hari Selasa, 9 April 2024=2024-04-09"},
		{"Rabu (10/4) malam kapal itu tiba", wednesday, "Rabu (10/4) malam=2024-04-10"},
		{"Rabu malam (10/4) kapal itu tiba", wednesday, "Rabu malam (10/4)=2024-04-10"},
		{"Rabu (10/4) dini hari waktu setempat", wednesday, "Rabu (10/4) dini hari waktu setempat=2024-04-10"},
		{"Selasa (2/4) lalu", wednesday, "Selasa (2/4) lalu=2024-04-02"},
		{"Selasa (2/4) pekan lalu", wednesday, "Selasa (2/4) pekan lalu=2024-04-02"},
		{"Jum'at (5/4) malam", wednesday, "Jum'at (5/4) malam=2024-04-05"},
		{"Ahad (7/4)", wednesday, "Ahad (7/4)=2024-04-07"},
		// The weekday checks, and says so.
		{"Senin (9/4) siang", wednesday, "Senin (9/4) siang=2024-04-09!"},
		{"Senin, 9 April 2024", nothing, "Senin, 9 April 2024=2024-04-09!"},
		// 29 December was a Friday in 2023; the copyright line is of 2024.
		{"Jumat (29/12)", year2024, "Jumat (29/12)=2023-12-29"},
		{"Minggu (29/12)", year2024, "Minggu (29/12)=2024-12-29"},
		{"Jumat (29/12)", when.Ref{Published: "2024-01-03"}, "Jumat (29/12)=2023-12-29"},
		// Dates in figures.
		{"Sidang (18/8/2025) ditunda", nothing, "(18/8/2025)=2025-08-18"},
		{"Sidang (18/8) ditunda", wednesday, "(18/8)=2024-08-18"},
		{"Dikutip 13/04/2020 dari laman itu", nothing, "13/04/2020=2020-04-13"},
		{"Dikutip 13-04-2020 dari laman itu", nothing, "13-04-2020=2020-04-13"},
		{"Dikutip 13.04.2020 dari laman itu", nothing, "13.04.2020=2020-04-13"},
		{"Dikutip 2020-04-13 dari laman itu", nothing, "2020-04-13=2020-04-13"},
		{"Layanan 24/7 itu", wednesday, ""},
		{"serangan 9/11 itu", wednesday, ""},
		{"Nomor 12/4/7/2024 itu", nothing, ""},
		{"pukul 10.00 WIB", wednesday, ""},
		{"Resolusi (45/12/1/2) itu", wednesday, ""},
		{"(32/4) itu", wednesday, ""},
		{"(30/2) itu", wednesday, ""},
		// Ranges.
		{"Senin-Selasa (8-9/4)", wednesday, "Senin-Selasa (8-9/4)=2024-04-08..2024-04-09~"},
		{"Senin hingga Rabu (8-10/4)", wednesday, "Senin hingga Rabu (8-10/4)=2024-04-08..2024-04-10~"},
		{"KTT (30/4-2/5) itu", wednesday, "(30/4-2/5)=2024-04-30..2024-05-02~"},
		{"8-11 April 2024", nothing, "8-11 April 2024=2024-04-08..2024-04-11~"},
		{"8 hingga 11 April", wednesday, "8 hingga 11 April=2024-04-08..2024-04-11~"},
		{"8 dan 9 April", wednesday, "8 dan 9 April=2024-04-08..2024-04-09~"},
		{"8 dan 12 April", wednesday, "12 April=2024-04-12"},
		{"30 April sampai 2 Mei 2024", nothing, "30 April sampai 2 Mei 2024=2024-04-30..2024-05-02~"},
		{"30 Desember hingga 2 Januari 2024", nothing, "30 Desember hingga 2 Januari 2024=2023-12-30..2024-01-02~"},
		{"dari 2019 hingga 2024", nothing, "2019 hingga 2024=2019..2024~"},
		{"periode 2019-2024", nothing, "2019-2024=2019..2024~"},
		{"April hingga Juni 2023", nothing, "April hingga Juni 2023=2023-04..2023-06~"},
		// Days and months with names.
		{"9 April", wednesday, "9 April=2024-04-09"},
		{"9 April", nothing, "9 April="},
		{"20 Desember", when.Ref{Published: "2024-01-05"}, "20 Desember=2023-12-20"},
		{"3 Januari", when.Ref{Published: "2023-12-28"}, "3 Januari=2024-01-03"},
		{"9 April lalu", when.Ref{Published: "2024-03-01"}, "9 April lalu=2023-04-09"},
		{"9 April mendatang", when.Ref{Published: "2024-05-01"}, "9 April mendatang=2025-04-09"},
		{"tanggal 9", wednesday, "tanggal 9=2024-04-09"},
		{"tanggal 30", when.Ref{Published: "2024-05-02"}, "tanggal 30=2024-04-30"},
		{"tanggal 9", year2024, "tanggal 9="},
		{"17 Agu 2023", nothing, "17 Agu 2023=2023-08-17"},
		{"29 Februari", when.Ref{Published: "2024-03-01"}, "29 Februari=2024-02-29"},
		{"29 Februari 2023", nothing, "29 Februari 2023=!"},
		{"31 April", wednesday, "April=2024-04"},
		{"Kesepakatan Juni 2023 itu", nothing, "Juni 2023=2023-06"},
		{"bulan Juni", wednesday, "bulan Juni=2024-06"},
		{"Maret mendatang", when.Ref{Day: "2024-11-14", Year: 2024}, "Maret mendatang=2025-03"},
		{"20 Desember", when.Ref{Day: "2024-01-05", Year: 2024}, "20 Desember=2023-12-20"},
		{"Juni lalu", wednesday, "Juni lalu=2023-06"},
		{"April lalu", wednesday, "April lalu=2023-04"},
		{"Februari lalu", april, "Februari lalu=2024-02"},
		{"Juni tahun lalu", wednesday, "Juni tahun lalu=2023-06"},
		{"Juni tahun ini", year2024, "Juni tahun ini=2024-06"},
		{"Juni mendatang", wednesday, "Juni mendatang=2024-06"},
		{"Mei Ling berkata", wednesday, ""},
		{"pada Mei", wednesday, "Mei=2024-05"},
		{"9 Mei", wednesday, "9 Mei=2024-05-09"},
		{"Mei lalu", wednesday, "Mei lalu=2023-05"},
		{"Mar itu", wednesday, ""},
		// Years.
		{"pada 2022 kedutaan itu ditutup", nothing, "2022=2022"},
		{"tahun 2022", nothing, "tahun 2022=2022"},
		{"sejak 1949", nothing, "since 1949=1949~"},
		{"hingga 2030", nothing, "until 2030=2030"},
		{"era 1990-an", nothing, "1990-an=1990..1999~"},
		{"pada 1200 SM", nothing, ""},
		{"pada 1445 H", nothing, ""},
		{"pada 2.022 orang", nothing, ""},
		{"sebanyak 2022 orang", nothing, ""},
		{"pada 2000 tahun", nothing, ""},
		// Relative to the day.
		{"kemarin", wednesday, "kemarin=2024-04-09"},
		{"kemarin", april, "kemarin=2024-04~"},
		{"kemarin", nothing, "kemarin="},
		{"kemarin", when.Ref{Day: "2024-04-08", Published: "2024-04-10"}, "kemarin=2024-04-07"},
		{"kemarin lusa", wednesday, "kemarin lusa=2024-04-08"},
		{"Ia bertolak lusa", wednesday, "lusa=2024-04-12"},
		{"besok malam", wednesday, "besok malam=2024-04-11"},
		{"Hari ini", wednesday, "Hari ini=2024-04-10"},
		{"tadi malam", wednesday, "tadi malam=2024-04-09"},
		{"nanti malam", wednesday, "nanti malam=2024-04-10"},
		// Weekdays alone.
		{"pada Selasa", wednesday, "Selasa=2024-04-09"},
		{"pada Rabu", wednesday, "Rabu=2024-04-10"},
		{"pada Kamis", wednesday, "Kamis=2024-04-04"},
		{"pada Kamis", april, "Kamis=2024-04~"},
		{"Senin lalu", wednesday, "Senin lalu=2024-04-08"},
		{"Rabu lalu", wednesday, "Rabu lalu=2024-04-03"},
		{"Senin depan", wednesday, "Senin depan=2024-04-15"},
		{"Rabu mendatang", wednesday, "Rabu mendatang=2024-04-17"},
		{"Jumat ini", wednesday, "Jumat ini=2024-04-12"},
		{"Rabu pekan lalu", wednesday, "Rabu pekan lalu=2024-04-03"},
		{"Senin pekan depan", wednesday, "Senin pekan depan=2024-04-15"},
		{"Jumat minggu ini", wednesday, "Jumat minggu ini=2024-04-12"},
		{"Selasa malam waktu setempat", wednesday, "Selasa malam waktu setempat=2024-04-09"},
		// Units.
		{"pekan lalu", wednesday, "pekan lalu=2024-04-01..2024-04-07~"},
		{"minggu lalu", wednesday, "minggu lalu=2024-04-01..2024-04-07~"},
		{"Minggu lalu", wednesday, "Minggu lalu=2024-04-07"},
		{"akhir pekan lalu", wednesday, "akhir pekan lalu=2024-04-06..2024-04-07~"},
		{"bulan ini", wednesday, "bulan ini=2024-04"},
		{"bulan ini", april, "bulan ini=2024-04"},
		{"bulan lalu", when.Ref{Published: "2024-01"}, "bulan lalu=2023-12"},
		{"bulan ini", year2024, "bulan ini="},
		{"tahun lalu", year2024, "tahun lalu=2023"},
		{"tahun depan", wednesday, "tahun depan=2025"},
		{"abad ini", wednesday, "abad ini=~"},
		{"pekan", wednesday, ""},
		// Parts of periods.
		{"awal pekan ini", wednesday, "awal pekan ini=2024-04-08..2024-04-10~"},
		{"akhir Juli", wednesday, "akhir Juli=2024-07~"},
		{"akhir Mei", wednesday, "akhir Mei=2024-05~"},
		{"pertengahan tahun 2023", nothing, "pertengahan tahun 2023=2023~"},
		{"awal tahun ini", year2024, "awal tahun ini=2024~"},
		{"pada akhir 2023", nothing, "akhir 2023=2023~"},
		{"akhir tahun", wednesday, "akhir tahun=2024~"},
		{"akhir cerita", wednesday, ""},
		// Lengths of time.
		{"tiga hari lalu", wednesday, "tiga hari lalu=2024-04-07"},
		{"3 hari yang lalu", wednesday, "3 hari yang lalu=2024-04-07"},
		{"sepekan lalu", wednesday, "sepekan lalu=2024-04-03~"},
		{"dua pekan silam", wednesday, "dua pekan silam=2024-03-27~"},
		{"lima bulan lalu", wednesday, "lima bulan lalu=2023-11~"},
		{"dua puluh lima tahun lalu", wednesday, "dua puluh lima tahun lalu=1999~"},
		{"dua hari lagi", wednesday, "dua hari lagi=2024-04-12"},
		{"beberapa hari lalu", wednesday, "beberapa hari lalu=~"},
		{"dua tahun terakhir", wednesday, "dua tahun terakhir=2022..2024~"},
		{"tiga hari mendatang", wednesday, "tiga hari mendatang=2024-04-10..2024-04-13~"},
		{"dua hari kemudian", wednesday, "dua hari kemudian=~"},
		{"selama dua tahun", wednesday, ""},
		{"75 tahun hubungan", wednesday, ""},
		{"baru-baru ini", wednesday, "baru-baru ini=~"},
		{"keesokan harinya", wednesday, "keesokan harinya=~"},
		// Since and until.
		{"sejak Juni", wednesday, "since Juni=2023-06..2024-04-10~"},
		{"sejak Selasa (2/4)", wednesday, "since Selasa (2/4)=2024-04-02..2024-04-10~"},
		{"hingga Jumat", wednesday, "until Jumat=2024-04-12"},
		// Several in one sentence.
		{"Pada Senin (8/4) ia tiba, lalu bertolak Rabu; bulan lalu ia di Oslo.", wednesday, "Senin (8/4)=2024-04-08; Rabu=2024-04-10; bulan lalu=2024-03"},
	})
}

func TestFindEnglish(t *testing.T) {
	runCases(t, "en", []findCase{
		{"The ministers met on April 9 in Amman.", wednesday, "April 9=2024-04-09"},
		{"The ministers met on April 9 in Amman.", nothing, "April 9="},
		{"on April 9, 2024, in Amman", nothing, "April 9, 2024=2024-04-09"},
		{"on 9 April in Amman", wednesday, "9 April=2024-04-09"},
		{"on 9 April 2024", nothing, "9 April 2024=2024-04-09"},
		{"the 9th of April", wednesday, "9th of April=2024-04-09"},
		{"April 9th", wednesday, "April 9th=2024-04-09"},
		{"Tuesday, April 9, 2024", nothing, "Tuesday, April 9, 2024=2024-04-09"},
		{"Tuesday, April 9", year2024, "Tuesday, April 9=2024-04-09"},
		{"Tuesday (April 9)", april, "Tuesday (April 9)=2024-04-09"},
		{"Monday, April 9, 2024", nothing, "Monday, April 9, 2024=2024-04-09!"},
		{"Friday, Dec. 29", year2024, "Friday, Dec. 29=2023-12-29"},
		{"Tuesday (4/9)", wednesday, "Tuesday (4/9)=2024-04-09"},
		// Only the other order makes this a Tuesday.
		{"Tuesday (9/4/2024)", nothing, "Tuesday (9/4/2024)=2024-04-09"},
		{"4/18/2024", nothing, "4/18/2024=2024-04-18"},
		{"18/4/2024", nothing, "18/4/2024=2024-04-18"},
		{"2024-04-09", nothing, "2024-04-09=2024-04-09"},
		{"open 24/7", wednesday, ""},
		{"after 9/11", wednesday, ""},
		{"on Tuesday", wednesday, "Tuesday=2024-04-09"},
		{"on Wednesday", wednesday, "Wednesday=2024-04-10"},
		{"on Thursday", wednesday, "Thursday=2024-04-04"},
		{"on Sunday", april, "Sunday=2024-04~"},
		{"on Monday", when.Ref{Day: "2024-04-07", Published: "2024-04-08"}, "Monday=2024-04-08"},
		{"late on Sunday night", wednesday, "Sunday night=2024-04-07"},
		{"last Monday", wednesday, "last Monday=2024-04-08"},
		{"next Monday", wednesday, "next Monday=2024-04-15"},
		{"this Friday", wednesday, "this Friday=2024-04-12"},
		{"by Friday", wednesday, "until Friday=2024-04-12"},
		{"Tuesday of last week", wednesday, "Tuesday of last week=2024-04-02"},
		{"Tuesday last week", wednesday, "Tuesday last week=2024-04-02"},
		{"last week", wednesday, "last week=2024-04-01..2024-04-07~"},
		{"last week", when.Ref{Day: "2023-11-12", Published: "2023-11-12"}, "last week=2023-11-05..2023-11-11~"}, // a Sunday
		{"next month", wednesday, "next month=2024-05"},
		{"next month", when.Ref{Published: "2023-12-30"}, "next month=2024-01"},
		{"this year", year2024, "this year=2024"},
		{"over last weekend", wednesday, "last weekend=2024-04-06..2024-04-07~"},
		{"late last month", wednesday, "late last month=2024-03~"},
		{"earlier this year", wednesday, "earlier this year=2024~"},
		{"later this week", wednesday, "later this week=2024-04-10..2024-04-14~"},
		{"earlier this week", wednesday, "earlier this week=2024-04-08..2024-04-10~"},
		{"early April", wednesday, "early April=2024-04~"},
		{"in mid-May", wednesday, "mid-May=2024-05~"},
		{"the end of the year", wednesday, "end of the year=2024~"},
		{"by the end of 2025", nothing, "until end of 2025=2025~"},
		{"late 2023", nothing, ""},
		{"in late 2023", nothing, "late 2023=2023~"},
		{"the late president", wednesday, ""},
		{"in June", wednesday, "June=2024-06"},
		{"last June", wednesday, "last June=2023-06"},
		{"in June last year", wednesday, "June last year=2023-06"},
		{"in June of last year", wednesday, "June of last year=2023-06"},
		{"since June", wednesday, "since June=2023-06..2024-04-10~"},
		{"since 2014", wednesday, "since 2014=2014..2024-04-10~"},
		{"since 2014", nothing, "since 2014=2014~"},
		{"in 1949", nothing, "1949=1949"},
		{"in the 1990s", nothing, "1990s=1990..1999~"},
		{"from 2014 to 2019", nothing, "2014 to 2019=2014..2019~"},
		{"2014-2019", nothing, "2014-2019=2014..2019~"},
		{"document 2022-05", nothing, ""},
		{"on Nov. 3", wednesday, "Nov. 3=2023-11-03"},
		{"on 3 Nov. 2023", nothing, "3 Nov. 2023=2023-11-03"},
		{"Sept. 9-11", wednesday, "Sept. 9-11=2024-09-09..2024-09-11~"},
		{"from April 30 to May 2", wednesday, "April 30 to May 2=2024-04-30..2024-05-02~"},
		{"April 8 and 9", wednesday, "April 8 and 9=2024-04-08..2024-04-09~"},
		{"8-11 April", wednesday, "8-11 April=2024-04-08..2024-04-11~"},
		{"two weeks ago", wednesday, "two weeks ago=2024-03-27~"},
		{"three days ago", wednesday, "three days ago=2024-04-07"},
		{"a week ago", wednesday, "a week ago=2024-04-03~"},
		{"a couple of months ago", wednesday, "a couple of months ago=2024-02~"},
		{"several days ago", wednesday, "several days ago=~"},
		{"75 years ago", year2024, "75 years ago=1949~"},
		{"two days from now", wednesday, "two days from now=2024-04-12"},
		{"the past two years", wednesday, "past two years=2022..2024~"},
		{"the next three days", wednesday, "next three days=2024-04-10..2024-04-13~"},
		{"two days later", wednesday, "two days later=~"},
		{"the next day", wednesday, "the next day=~"},
		{"two days of talks", wednesday, ""},
		{"yesterday", wednesday, "yesterday=2024-04-09"},
		{"tomorrow morning", wednesday, "tomorrow morning=2024-04-11"},
		{"last night", wednesday, "last night=2024-04-09"},
		{"the day before yesterday", wednesday, "the day before yesterday=2024-04-08"},
		{"today", nothing, "today="},
		{"She may come in May, said Theresa May.", wednesday, "May=2024-05"},
		{"Troops march in March on the capital", wednesday, "March=2024-03"},
		{"the March on the capital", wednesday, ""},
		{"May 9", wednesday, "May 9=2024-05-09"},
		{"May 9 and 12 people", wednesday, "May 9=2024-05-09"},
		{"Mar-a-Lago", wednesday, ""},
		{"TUESDAY, APRIL 9", wednesday, "TUESDAY, APRIL 9=2024-04-09"},
		{"in 44 BC", nothing, ""},
		{"in 1,500 homes", nothing, ""},
		{"in 2000 years", nothing, ""},
		{"Feb. 30", wednesday, ""},
		{"", wednesday, ""},
		{"April 31", wednesday, "April=2024-04"},
		{
			"The talks, held on April 3 and again on Monday, resume next week.", wednesday,
			"April 3=2024-04-03; Monday=2024-04-08; next week=2024-04-15..2024-04-21~",
		},
	})
}
