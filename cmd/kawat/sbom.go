package main

import (
	"encoding/json"
	"errors"
	"io"
	"runtime/debug"
	"slices"
	"strings"

	"kawat"
	"kawat/lang"
)

// bom is a bill of materials in the form of CycloneDX 1.6.
type bom struct {
	Format      string      `json:"bomFormat"`
	SpecVersion string      `json:"specVersion"`
	Version     int         `json:"version"`
	Metadata    bomMetadata `json:"metadata"`
	Components  []bomPart   `json:"components"`
}

type bomMetadata struct {
	Component bomPart `json:"component"`
}

type bomPart struct {
	Type     string       `json:"type"`
	Name     string       `json:"name"`
	Version  string       `json:"version"`
	PURL     string       `json:"purl,omitempty"`
	Licences []bomLicence `json:"licenses,omitempty"`
}

type bomLicence struct {
	Licence struct {
		ID string `json:"id"`
	} `json:"license"`
}

// writeBOM lists what this binary was made from: the modules that the linker
// recorded, and the language packs.
func writeBOM(w io.Writer, packs *lang.Packs) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return errors.New("this binary does not say what it was made from")
	}
	b := bom{Format: "CycloneDX", SpecVersion: "1.6", Version: 1}
	b.Metadata.Component = bomPart{Type: "application", Name: "kawat", Version: kawat.Version, Licences: licence("Apache-2.0")}
	b.Components = append(b.Components, bomPart{Type: "library", Name: "std", Version: strings.TrimPrefix(info.GoVersion, "go"), PURL: "pkg:golang/std@" + strings.TrimPrefix(info.GoVersion, "go"), Licences: licence("BSD-3-Clause")})
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		b.Components = append(b.Components, bomPart{Type: "library", Name: m.Path, Version: m.Version, PURL: "pkg:golang/" + m.Path + "@" + m.Version})
	}
	slices.SortFunc(b.Components, func(x, y bomPart) int { return strings.Compare(x.Name, y.Name) })
	for _, code := range packs.Codes() {
		p, _ := packs.Pack(code)
		b.Components = append(b.Components, bomPart{Type: "machine-learning-model", Name: "kawat-pack-" + code, Version: p.Version, Licences: licence("CC-BY-SA-4.0")})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(b)
}

func licence(id string) []bomLicence {
	var l bomLicence
	l.Licence.ID = id
	return []bomLicence{l}
}
