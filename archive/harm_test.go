package archive

import "context"

// Harm changes an archive behind its back, for tests.
func Harm(a *Archive, query string) error {
	var err error
	switch e := a.write.engine.(type) {
	case *sqlite:
		_, err = e.write.Exec(query)
	case *postgres:
		_, err = e.pool.Exec(context.Background(), query)
	}
	return err
}
