package archive_test

import (
	"context"
	"slices"
	"testing"

	"kawat/archive"
)

func TestSpellingsOfOnePerson(t *testing.T) { everywhere(t, spellingsOfOnePerson) }

func spellingsOfOnePerson(t *testing.T, open opener) {
	ctx := context.Background()
	a := open(t, archive.Options{})
	named := func(id, day, ref, name, country string) archive.Item {
		it := meeting(id, "TASS", day, name+" met Li Wen in Lima, story "+id+".")
		it.Record.Entities[0].Ref, it.Record.Entities[0].Name, it.Record.Entities[0].Country = ref, name, country
		return it
	}
	put(t, a,
		named("a", "2024-01-01", "person:RUS/petrov-sergei", "Sergei Petrov", "RUS"),
		named("b", "2024-02-01", "person:RUS/petrov-sergey", "Sergey Petrov", "RUS"),
		named("c", "2024-03-01", "person:RUS/sergey-petrov", "Sergey Petrov", "RUS"),
		named("d", "2024-04-01", "person:RUS/petrov-anton", "Anton Petrov", "RUS"),
		named("e", "2024-05-01", "person:BGR/petrov-sergei", "Sergei Petrov", "BGR"),
		named("f", "2024-06-01", "person:RUS/petrov", "Petrov", "RUS"),
		named("g", "2024-07-01", "person:RUS/petrov-sergei-2", "Sergei Petrov", "RUS"),
		named("h", "2024-08-01", "person:EGY/el-masri-omar", "Omar El-Masri", "EGY"),
		named("i", "2024-09-01", "person:EGY/masri-omar-al", "Omar al-Masri", "EGY"))
	for _, ref := range []string{"person:RUS/petrov-sergei", "person:RUS/sergey-petrov"} {
		people, err := a.People(ctx, ref, 0)
		if err != nil || len(people) != 1 {
			t.Fatalf("%s: %+v, %v", ref, people, err)
		}
		p := people[0]
		refs := slices.Clone(p.Refs)
		slices.Sort(refs)
		if want := []string{"person:RUS/petrov-sergei", "person:RUS/petrov-sergey", "person:RUS/sergey-petrov"}; !slices.Equal(refs, want) {
			t.Errorf("%s: refs %q, want %q", ref, refs, want)
		}
		if p.Stories != 3 || p.Since != "2024-01-01" || p.Until != "2024-03-01" || len(p.Offices) != 1 || p.Offices[0].Stories != 3 || p.Name != "Sergey Petrov" || len(p.Names) != 2 {
			t.Errorf("%s: %+v", ref, p)
		}
	}
	for filter, want := range map[string]int{"person:RUS/petrov-sergey": 3, "sergey petrov": 3, "omar el masri": 2, "anton petrov": 1, "person:RUS/petrov": 1} {
		facts, _, err := a.Facts(ctx, []archive.Kind{archive.Event}, archive.Filter{Person: []string{filter}}, archive.Page{})
		if err != nil || len(facts) != want {
			t.Errorf("%s: %d events, want %d (%v)", filter, len(facts), want, err)
		}
	}
}
