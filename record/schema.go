package record

import _ "embed"

// SchemaJSON is the JSON Schema (draft 2020-12) of a record. It is strict: a
// record of this version has no field that the schema does not name.
//
//go:embed record.schema.json
var SchemaJSON []byte
