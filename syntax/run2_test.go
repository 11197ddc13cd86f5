package syntax
import ("testing";"context";"os";"kawat/lang")
func TestLemmasOnly(t *testing.T) {
	code := os.Getenv("LCODE")
	if code == "" { t.Skip() }
	packs, _ := lang.Open()
	pack, _ := packs.Pack(code)
	h := 5
	if os.Getenv("WHOLE") != "" { h = 0 }
	data, _ := pack.File("train.json")
	tr := &trainer{TrainOptions: TrainOptions{Pack: pack, Data: os.DirFS("/work/shared/data"), Drills: os.DirFS("/work/wt-syntax/lang/drills"), Log: t.Logf, Holdout: h}}
	var err error
	if tr.Recipe, err = ReadRecipe(data); err != nil { t.Fatal(err) }
	tr.rules, _ = compileRules(pack)
	tr.domains = tr.Recipe.domains()
	if err := tr.load(); err != nil { t.Fatal(err) }
	l, err := tr.trainLemmas(context.Background())
	if err != nil { t.Fatal(err) }
	file, _ := os.ReadFile(os.Getenv("MODEL"))
	m, err := loadModel(file)
	if err != nil { t.Fatal(err) }
	m.scripts = tr.scripts
	for _, p := range []int{0} {
	m.lemmas, err = l.Pack(tr.lemmaDomain(0), p)
	if err != nil { t.Fatal(err) }
	t.Log(p, len(m.lemmas.Bytes()))
	tr.judge(m)
	}
	m.lemmas, err = l.Pack(tr.lemmaDomain(0), 0)
	if o := os.Getenv("OUT"); o != "" { os.WriteFile(o, m.bytes(), 0o644) }
}
