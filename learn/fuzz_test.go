package learn

import "testing"

// FuzzLoad holds the loaders of models to refusing what is none: a model that
// loads can be asked.
func FuzzLoad(f *testing.F) {
	tr := NewTrainer(2, 0)
	tr.Add(Mix(1, Hash("a")), 0, 1, 1)
	table, err := tr.Pack(0, 0)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(table.Bytes())
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		if m, err := LoadTable(data); err == nil && m.Check() == nil {
			m.Score([]uint64{Mix(1, Hash("a")), Hash("b")}, make([]int32, m.Classes()))
		}
	})
}
