package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// detectBytes is how much of a text Detect looks at: the opening decides.
const detectBytes = 4096

// functionWords are the commonest small words of languages in Latin script,
// none of them a name. They name languages whether or not there is a pack.
// Indonesian and Malay share most of theirs; see malayMarks.
var functionWords = map[string]string{
	"en": "the of and to in a is that for on with as was by at from his her it has have had not be are were said this which who will their they an been after would more than its also",
	"id": "yang dan di dengan untuk pada dalam dari itu ini akan tidak oleh juga ke sebagai telah kepada bahwa adalah karena atau para antara tersebut saat kata mengatakan menjadi sudah bisa dia ia mereka kami hari tahun negara kedua lebih serta secara",
	"nl": "de het een van en in is dat op te zijn voor met die niet aan er om ook als maar bij door naar werd heeft hij ze wordt over uit",
	"de": "der die das und in den von zu mit ist im dem nicht auf für ein eine sich des auch als es an werden aus er hat dass sie nach wird bei einer um am sind noch wie über",
	"fr": "le la les de des et en un une du que est dans pour qui sur par au pas plus avec se ce il elle sont ont été aux cette ses",
	"es": "el la los las de que y en un una por con para del se al su es lo como más fue ha sus pero sobre este entre",
	"pt": "o a os as de que e do da em um uma para com não no na por se dos mais foi ao das pelo pela são como",
	"it": "il la di che e un una per in del della con non sono le dei gli al alla si da è anche come più nel ha",
	"tr": "ve bir bu için ile de da olarak olan daha çok en sonra kadar gibi dedi ise ancak ya ne",
	"vi": "và của là có trong được cho với các một những không đã người này để khi từ tại",
	"tl": "ang ng sa na mga at ay si ni nang para kay ito hindi rin niya siya ayon isang",
	"jv": "ing lan sing kang saka iki karo ora uga marang wis bakal ana kanggo dadi iku",
	"pl": "w i na z do się nie że o jest to po za przez od dla jak oraz ale był",
	"sv": "och i att det som en på är av för med den till inte har de ett om var från",
}

// malayMarks and indonesianMarks are spellings and words that only one of the
// two presses uses.
const (
	malayMarks      = "kerana bahawa ialah iaitu mac ogos disember jumaat menerusi manakala memaklumkan seramai syarikat pejabat mesyuarat kerajaan berkata tarikh polis lawatan setiausaha berjumpa menggesa jurucakap khamis isnin rundingan pelaburan kewangan kesihatan antarabangsa pengerusi timbalan pesuruhjaya jeneral kemboja jepun sepanyol perancis eropah palestin tentera sekatan pemberita persefahaman dijangka dijadual dijadualkan pelancongan ketenteraan bersetuju sempadan menghantar menyokong perkhidmatan maghribi lubnan julai rasmi sempena dadah bekalan berikutan susulan encik jawatankuasa dron"
	indonesianMarks = "karena bahwa yaitu maret agustus desember jumat kamis senin juni juli perusahaan kantor pemerintah mengatakan tanggal polisi bisa menlu kemlu tutur usai serikat resmi jepang prancis spanyol dubes militer tentara sanksi"
)

// scripts are languages that their letters give away.
var scripts = []struct {
	code  string
	table *unicode.RangeTable
}{
	{"ja", unicode.Hiragana},
	{"ja", unicode.Katakana},
	{"ko", unicode.Hangul},
	{"zh", unicode.Han},
	{"ar", unicode.Arabic},
	{"ru", unicode.Cyrillic},
	{"th", unicode.Thai},
	{"hi", unicode.Devanagari},
	{"he", unicode.Hebrew},
	{"el", unicode.Greek},
	{"ta", unicode.Tamil},
	{"bn", unicode.Bengali},
	{"my", unicode.Myanmar},
	{"km", unicode.Khmer},
	{"lo", unicode.Lao},
}

// detector is the words of all languages by form.
type detector struct {
	words map[string][]string
}

func newDetector() *detector {
	d := &detector{words: map[string][]string{}}
	for code, list := range functionWords {
		for _, w := range strings.Fields(list) {
			d.words[w] = append(d.words[w], code)
		}
	}
	for _, w := range strings.Fields(malayMarks) {
		d.words[w] = append(d.words[w], "ms")
	}
	for _, w := range strings.Fields(indonesianMarks) {
		d.words[w] = append(d.words[w], "id+")
	}
	return d
}

// Detect tells the language of a text, as its ISO 639-1 code, with a
// confidence from 0 to 1. It returns "" where nothing speaks for any language.
// It looks at the first 4 KiB and costs O(bytes looked at).
//
// Indonesian and Malay are told apart by spellings and words that only one
// press uses ("karena" and "kerana"); a text without any of them is Indonesian.
func (ps *Packs) Detect(text string) (code string, confidence float64) {
	if len(text) > detectBytes {
		text = text[:detectBytes]
	}
	if code, share := byScript(text); code != "" {
		return code, share
	}
	votes, words := map[string]int{}, 0
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
		words++
		for _, c := range ps.detector.words[strings.ToLower(w)] {
			votes[c]++
		}
	}
	marks := votes["id+"] - votes["ms"]
	malay := votes["ms"]
	delete(votes, "id+")
	delete(votes, "ms")
	best, second := top(votes)
	if best == "" {
		return "", 0
	}
	confidence = float64(votes[best]-votes[second]) / float64(votes[best])
	// One mark in a long text may be a quotation or a name: "Puspom", "polis".
	if best == "id" && marks < 0 && (malay > 1 || words < 60) {
		best = "ms"
	}
	return best, confidence
}

// top returns the two codes with the most votes, ties in order of the code.
func top(votes map[string]int) (best, second string) {
	for code, n := range votes {
		switch {
		case best == "" || n > votes[best] || n == votes[best] && code < best:
			best, second = code, best
		case second == "" || n > votes[second] || n == votes[second] && code < second:
			second = code
		}
	}
	return best, second
}

// byScript tells languages that do not write Latin letters.
func byScript(text string) (string, float64) {
	letters := 0
	counts := make([]int, len(scripts))
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if r < 0x300 {
			continue
		}
		for k := range scripts {
			if unicode.Is(scripts[k].table, r) {
				counts[k]++
				break
			}
		}
	}
	best := 0
	for k := range counts {
		if counts[k] > counts[best] {
			best = k
		}
	}
	if letters == 0 || counts[best]*2 < letters {
		return "", 0
	}
	code := scripts[best].code
	if code == "zh" && (counts[0]+counts[1])*10 > counts[best] {
		code = "ja"
	}
	return code, float64(counts[best]) / float64(letters)
}
