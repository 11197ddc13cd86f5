package entity

import "testing"

func TestSpellsInitials(t *testing.T) {
	for _, c := range []struct {
		letters, name string
		want          bool
	}{
		{"SBY", "Susilo Bambang Yudhoyono", true},
		{"MBZ", "Mohamed bin Zayed Al Nahyan", true},
		{"AH", "Airlangga Hartarto", true},
		{"AH", "Airlangga Budi Hartarto", false},
		{"PDIP", "Puan Maharani", false},
		{"M", "Mahfud", false},
		{"BIN", "Ana Silva", false},
	} {
		if got := spellsInitials(c.letters, c.name); got != c.want {
			t.Errorf("spellsInitials(%q, %q) = %t", c.letters, c.name, got)
		}
	}
}
