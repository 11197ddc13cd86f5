package world

// Cities returns the table of cities for the tests.
func Cities() string { return cities }
