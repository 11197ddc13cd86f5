package intake

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
)

// maxFolders is how deep folders are walked.
const maxFolders = 64

// Files yields the files that a path names: itself, or all files of a folder
// and of the folders in it, in the order of their names, so that two runs read
// the same. Hidden files are passed over and links to folders are not followed.
// An error stands for one file or folder that cannot be read.
func Files(path string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		info, err := os.Stat(path)
		if err != nil {
			yield("", err)
			return
		}
		if !info.IsDir() {
			yield(path, nil)
			return
		}
		found, stopped := 0, false
		err = filepath.WalkDir(path, func(file string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				stopped = !yield("", err)
				found++
			case file != path && strings.HasPrefix(d.Name(), "."):
				if d.IsDir() {
					return fs.SkipDir
				}
			case d.IsDir():
				if rel, err := filepath.Rel(path, file); err == nil && strings.Count(rel, string(filepath.Separator)) >= maxFolders {
					stopped = !yield("", fmt.Errorf("%s: folders are nested deeper than %d", file, maxFolders))
					return stop(stopped, fs.SkipDir)
				}
			default:
				found++
				stopped = !one(file, yield)
			}
			return stop(stopped, nil)
		})
		if err == nil && !stopped && found == 0 {
			yield("", fmt.Errorf("%s: the folder holds no file", path))
		}
	}
}

// one hands on a file of a folder. What would block or never end (pipes,
// devices) is refused here; named by the user it is read.
func one(file string, yield func(string, error) bool) bool {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return yield("", err)
	case info.IsDir():
		return true // a link to a folder
	case !info.Mode().IsRegular():
		return yield("", fmt.Errorf("%s: %w", file, errors.New("is no regular file")))
	}
	return yield(file, nil)
}

func stop(stopped bool, otherwise error) error {
	if stopped {
		return fs.SkipAll
	}
	return otherwise
}
