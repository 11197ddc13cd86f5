package syntax

import (
	"context"
	"encoding/json"
	"kawat/lang"
	"os"
	"testing"
)

func TestRunTrain(t *testing.T) {
	code := os.Getenv("CODE")
	if code == "" {
		t.Skip()
	}
	packs, err := lang.Open()
	if err != nil {
		t.Fatal(err)
	}
	pack, _ := packs.Pack(code)
	if v := os.Getenv("TUNE"); v != "" {
		tuned = func(r *Recipe) {
			if err := json.Unmarshal([]byte(v), r); err != nil {
				panic(err)
			}
		}
	}
	h := 5
	if os.Getenv("WHOLE") != "" {
		h = 0
	}
	res, err := Train(context.Background(), TrainOptions{Pack: pack, Data: os.DirFS("/work/shared/data"), Drills: os.DirFS("/work/wt-syntax/lang/drills"), Log: t.Logf, Holdout: h})
	if err != nil {
		t.Fatal(err)
	}
	if o := os.Getenv("OUT"); o != "" {
		os.WriteFile(o, res.Files[modelFile], 0o644)
	}
}
