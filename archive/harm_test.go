package archive

// Harm changes an archive behind its back, for tests.
func Harm(a *Archive, query string) error {
	_, err := a.write.engine.(*sqlite).write.Exec(query)
	return err
}
