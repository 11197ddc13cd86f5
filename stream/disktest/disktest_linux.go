// Package disktest gives tests small disks that they may fill.
//
// What comes in is a test, which is run once more in a process whose mounts
// nobody else sees; what goes out there are folders with little room. Nothing of
// the machine is changed. For example
//
//	func TestFull(t *testing.T) {
//		if !disktest.Mounts(t) {
//			return // it ran in a process of its own
//		}
//		dir := disktest.Small(t, "64m")
//		free := disktest.Fill(t, dir)
package disktest

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// Mounts runs a test in a process whose mounts nobody else sees, so that it
// may have small disks; true is said there.
func Mounts(t testing.TB) bool {
	t.Helper()
	if os.Getenv("KAWAT_OWN_MOUNTS") != "" {
		if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
			t.Fatal(err)
		}
		return true
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), exe, "-test.run", "^"+t.Name()+"$", "-test.v")
	c.Env = append(os.Environ(), "KAWAT_OWN_MOUNTS=1")
	c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if os.Getuid() != 0 {
		c.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		c.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		c.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	out, err := c.CombinedOutput()
	if errors.Is(err, syscall.EPERM) && os.Getenv("KAWAT_TEST_ALL") == "" {
		t.Skip("this machine lets nobody have mounts of their own")
	}
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
	return false
}

// Small makes a disk of so many bytes, which other users may look into.
func Small(t testing.TB, size string) string {
	t.Helper()
	// Not t.TempDir, whose folder is closed to others: servers have users of their own.
	dir, err := os.MkdirTemp("", "small-disk")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Unmount(dir, syscall.MNT_DETACH) // it may not have been mounted
		if err := os.Remove(dir); err != nil {
			t.Error(err)
		}
	})
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "mode=0755,size="+size); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Fill leaves no room on a disk; what it returns makes room again.
func Fill(t testing.TB, dir string) (free func()) {
	t.Helper()
	path := filepath.Join(dir, "ballast")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 64<<10); len(block) > 0; {
		if _, err := f.Write(block); errors.Is(err, syscall.ENOSPC) {
			block = block[:len(block)/2]
		} else if err != nil {
			t.Fatal(err)
		}
	}
	return func() {
		if err := os.Remove(path); err != nil {
			t.Error(err)
		}
	}
}
