//go:build unix

package main

import (
	"path/filepath"

	"golang.org/x/sys/unix"
)

// freeBytes is the room on the disk that holds a file.
func freeBytes(path string) (uint64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(filepath.Dir(path), &s); err != nil {
		return 0, err
	}
	return s.Bavail * uint64(s.Bsize), nil
}
