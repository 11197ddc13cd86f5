package archive

// Harm changes an archive behind its back, for tests.
func Harm(a *Archive, query string) error {
	_, err := a.write.db.Exec(query)
	return err
}
