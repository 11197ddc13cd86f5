package archive_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kawat/archive"
)

// made makes an archive of some stories and closes it.
func made(t *testing.T, stories int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.kawat")
	a, err := archive.Open(path, archive.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	for i := range stories {
		put(t, a, meeting(fmt.Sprintf("s%d", i), "TASS", "2024-04-09", fmt.Sprintf("Ana Silva met Li Wen for the time %d in Lima.", i)))
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func wantError(t *testing.T, err error, words string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), words) {
		t.Errorf("error %v, want one that says %q", err, words)
	}
}

func TestWhatIsNoArchiveIsRefused(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "story.txt")
	if err := os.WriteFile(text, []byte(strings.Repeat("Ana Silva met Li Wen. ", 400)), 0o600); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(dir, "other.db")
	db, err := sql.Open("sqlite", other)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE songs(name TEXT)"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	for path, words := range map[string]string{text: "is not an archive", other: "is not an archive", dir: "is a folder", filepath.Join(dir, "none.kawat"): "does not exist", filepath.Join(dir, "no", "folder.kawat"): ""} {
		_, err := archive.Open(path, archive.Options{ReadOnly: true})
		wantError(t, err, words)
		if path == other || path == text {
			_, err = archive.Open(path, archive.Options{Create: true})
			wantError(t, err, words)
		}
	}
	if data, err := os.ReadFile(text); err != nil || len(data) != 22*400 {
		t.Error("a file that is no archive was changed")
	}
}

func TestANewerSchemaIsRefused(t *testing.T) {
	path := made(t, 1)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("PRAGMA user_version = 999"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	for _, opt := range []archive.Options{{}, {ReadOnly: true}} {
		_, err := archive.Open(path, opt)
		if !errors.Is(err, archive.ErrNewer) {
			t.Errorf("error %v, want ErrNewer", err)
		}
	}
}

func TestOneWriterAtATime(t *testing.T) {
	path := made(t, 1)
	first, err := archive.Open(path, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := archive.Open(path, archive.Options{}); !errors.Is(err, archive.ErrBusy) {
		t.Errorf("a second writer: %v, want ErrBusy", err)
	}
	reader, err := archive.Open(path, archive.Options{ReadOnly: true})
	if err != nil {
		t.Fatalf("a reader beside the writer: %v", err)
	}
	put(t, first, meeting("late", "TASS", "2024-04-10", "Ana Silva met Li Wen late."))
	if _, err := reader.ByName(context.Background(), "late"); err != nil {
		t.Errorf("the reader does not see what was committed: %v", err)
	}
	if err := errors.Join(reader.Close(), first.Close()); err != nil {
		t.Error(err)
	}
	if second, err := archive.Open(path, archive.Options{}); err != nil {
		t.Errorf("after the first has gone: %v", err)
	} else if err := second.Close(); err != nil {
		t.Error(err)
	}
}

func TestReadOnly(t *testing.T) {
	path := made(t, 2)
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	a, err := archive.Open(path, archive.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if v, err := a.Verify(context.Background(), func(f archive.Fault) { t.Error(f) }); err != nil || v.Stories != 2 {
		t.Errorf("%+v, %v", v, err)
	}
	err = a.Update(context.Background(), func(*archive.Batch) error { return nil })
	if !errors.Is(err, archive.ErrReadOnly) {
		t.Errorf("error %v, want ErrReadOnly", err)
	}
}

func TestAReadOnlyFileIsNotOpenedForWriting(t *testing.T) {
	if os.Geteuid() == 0 { // root may write everything
		asNobody(t)
		return
	}
	path := made(t, 2)
	for _, mode := range []os.FileMode{0o500, 0o700} {
		if err := errors.Join(os.Chmod(path, 0o400), os.Chmod(filepath.Dir(path), mode)); err != nil {
			t.Fatal(err)
		}
		_, err := archive.Open(path, archive.Options{})
		if err == nil {
			t.Fatalf("folder %o: a file that cannot be written was opened for writing", mode)
		}
		wantError(t, err, "cannot be written: the file or its folder is read-only")
	}
	a, err := archive.Open(path, archive.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if v, err := a.Verify(context.Background(), func(f archive.Fault) { t.Error(f) }); err != nil || v.Stories != 2 {
		t.Errorf("%+v, %v", v, err)
	}
}

// A full disk is played by a limit on the pages of the file, which the engine
// reports alike.
func TestAFullDiskLosesNothing(t *testing.T) {
	ctx := context.Background()
	path := made(t, 3)
	a, err := archive.Open(path, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if err := archive.Harm(a, "PRAGMA max_page_count = 1"); err != nil { // raised by the engine to what there is
		t.Fatal(err)
	}
	err = a.Update(ctx, func(b *archive.Batch) error {
		for i := range 200 {
			e, err := a.Prepare(meeting(fmt.Sprintf("n%d", i), "AFP", "2024-05-01", strings.Repeat(fmt.Sprintf("Silva met Li %d. ", i), 200)))
			if err != nil {
				return err
			}
			if _, _, err := b.Put(e); err != nil {
				return err
			}
		}
		return nil
	})
	wantError(t, err, "the disk is full")
	if err := archive.Harm(a, "PRAGMA max_page_count = 1000000"); err != nil {
		t.Fatal(err)
	}
	put(t, a, meeting("after", "AFP", "2024-05-01", "Silva met Li when there was room."))
	if v, err := a.Verify(ctx, func(f archive.Fault) { t.Error(f) }); err != nil || v.Stories != 4 {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestADamagedPageIsNamed(t *testing.T) {
	ctx := context.Background()
	path := made(t, 30)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(data) / 3; i < len(data)/2; i++ {
		data[i] = 0xA5
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := archive.Open(path, archive.Options{ReadOnly: true})
	if err != nil {
		wantError(t, err, "damaged")
		return
	}
	defer a.Close()
	faults := 0
	if _, err := a.Verify(ctx, func(archive.Fault) { faults++ }); err == nil && faults == 0 {
		t.Error("nobody noticed the damage")
	} else if err != nil {
		wantError(t, err, "damaged")
	}
}

func TestRecodeKeepsWhatWas(t *testing.T) { everywhere(t, recodeKeepsWhatWas) }

func recodeKeepsWhatWas(t *testing.T, open opener) {
	ctx := context.Background()
	a := open(t, archive.Options{})
	text := "Ana Silva met Li Wen in Lima on Tuesday."
	put(t, a, meeting("a", "TASS", "2024-04-09", text))
	ids, err := a.Named(ctx, "a")
	if err != nil {
		t.Fatal(err)
	}
	again := meeting("a", "TASS", "2024-04-09", text)
	again.Record.Coder.Version = "0.2.0"
	again.Record.Events[0].CAMEO = "042"
	again.Record.Quotations = again.Record.Quotations[:0]
	e, err := a.Prepare(again)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Update(ctx, func(b *archive.Batch) error { return b.Recode(ids[0], e, false) }); err != nil {
		t.Fatal(err)
	}
	if v, err := a.Verify(ctx, func(f archive.Fault) { t.Error(f) }); err != nil || v.Stories != 1 {
		t.Errorf("%+v, %v", v, err)
	}
	old, err := a.RecordBy(ctx, ids[0], "0.1.0 en=1")
	if err != nil || old.Events[0].CAMEO != "040" {
		t.Errorf("the former record is lost: %v", err)
	}
	var got []string
	for x, err := range a.CompareLast(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range archive.Diff(x.Before, x.After) {
			got = append(got, c.What+" "+c.Kind)
		}
	}
	if want := "changed event, went quotation"; strings.Join(got, ", ") != want {
		t.Errorf("diff %q, want %q", got, want)
	}
	facts, _, err := a.Facts(ctx, []archive.Kind{archive.Event}, archive.Filter{CAMEO: []string{"042"}}, archive.Page{})
	if err != nil || len(facts) != 1 {
		t.Errorf("%d events by the new code (%v)", len(facts), err)
	}
}

func TestWithoutTexts(t *testing.T) { everywhere(t, withoutTexts) }

func withoutTexts(t *testing.T, open opener) {
	ctx := context.Background()
	a := open(t, archive.Options{NoTexts: true})
	text := "Ana Silva met Li Wen in Lima on Tuesday to speak about the treaty on the river, and both said that it was ready."
	put(t, a, meeting("a", "TASS", "2024-04-09", text), meeting("b", "ANTARA", "2024-04-09", text))
	if v, err := a.Verify(ctx, func(f archive.Fault) { t.Error(f) }); err != nil || v.Stories != 2 {
		t.Errorf("%+v, %v", v, err)
	}
	r, err := a.ByName(ctx, "b")
	if err != nil || r.Record.Story.Text != "" || r.Story.ReprintOf != "a" {
		t.Errorf("text %q, reprint of %q (%v)", r.Record.Story.Text, r.Story.ReprintOf, err)
	}
	if _, _, err := a.Stories(ctx, archive.Filter{Words: "treaty"}, archive.Page{}); err == nil {
		t.Error("a search for words that are not kept is refused")
	}
	if archive.IsAddress(a.Path()) {
		return
	}
	if data, err := os.ReadFile(a.Path()); err != nil || strings.Contains(string(data), "treaty") {
		t.Error("the file holds words of the copy")
	}
	if err := a.Rebuild(ctx, nil); err != nil {
		t.Fatal(err)
	}
	put(t, a, meeting("c", "AFP", "2024-04-10", text))
	for _, name := range []string{"b", "c"} {
		if r, err := a.ByName(ctx, name); err != nil || r.Story.ReprintOf != "a" {
			t.Errorf("made anew, %s is a reprint of %q: what is not there cannot be lost (%v)", name, r.Story.ReprintOf, err)
		}
	}
}

func TestBackupAndCopy(t *testing.T) {
	ctx := context.Background()
	a := open(t, archive.Options{})
	put(t, a, meeting("a", "TASS", "2024-04-09", "Ana Silva met Li Wen."), meeting("b", "ANTARA", "2024-05-10", "Ana Silva saw Li Wen again."))
	dir := t.TempDir()
	if err := a.Backup(ctx, filepath.Join(dir, "b.kawat")); err != nil {
		t.Fatal(err)
	}
	if err := a.Backup(ctx, filepath.Join(dir, "b.kawat")); err == nil {
		t.Error("a backup never writes over a file")
	}
	saved, err := archive.Open(filepath.Join(dir, "b.kawat"), archive.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer saved.Close()
	other, err := archive.Open(filepath.Join(dir, "c.kawat"), archive.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if n, err := saved.CopyTo(ctx, other, func(f archive.Fault) { t.Error(f) }); err != nil || n != 2 {
		t.Errorf("copied %d, %v", n, err)
	}
	if n, err := saved.CopyTo(ctx, other, func(f archive.Fault) { t.Error(f) }); err != nil || n != 0 {
		t.Errorf("copied %d a second time, %v", n, err)
	}
	for _, x := range []*archive.Archive{saved, other} {
		if v, err := x.Verify(ctx, func(f archive.Fault) { t.Error(f) }); err != nil || v.Stories != 2 {
			t.Errorf("%+v, %v", v, err)
		}
		ids, err := x.Named(ctx, "a")
		if err != nil || len(ids) != 1 {
			t.Fatal(ids, err)
		}
		if found, err := x.Found(ctx, ids[0]); err != nil || string(found) != "Ana Silva met Li Wen." {
			t.Errorf("bytes as found: %q, %v", found, err)
		}
	}
	if err := a.Compact(ctx); err != nil {
		t.Error(err)
	}
}
