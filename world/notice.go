package world

import _ "embed"

// Notice names the sources and licences of the tables.
//
//go:embed data/NOTICE
var Notice string
