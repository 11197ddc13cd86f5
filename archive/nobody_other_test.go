//go:build !unix

package archive_test

import "testing"

// asNobody is of systems that have a root.
func asNobody(t *testing.T) { t.Fatal("this system has no root") }
