package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"kawat"
	"kawat/lang"
	"kawat/world"
)

func versionCommand(e *env) *cobra.Command {
	var licences, sbom bool
	c := &cobra.Command{
		Use:   "version",
		Short: "Print the version of the program and of its language packs",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			packs, err := lang.Open()
			if err != nil {
				return err
			}
			if sbom {
				return writeBOM(e.out, packs)
			}
			fmt.Fprintf(e.out, "kawat %s %s/%s %s\n", kawat.Version, runtime.GOOS, runtime.GOARCH, runtime.Version())
			for _, code := range packs.Codes() {
				p, _ := packs.Pack(code)
				fmt.Fprintf(e.out, "pack %s %s (%s)\n", code, p.Version, p.Name)
			}
			if licences {
				return printLicences(e, packs)
			}
			return nil
		},
	}
	c.Flags().BoolVar(&licences, "licences", false, "print the licences and notices of code, data and models")
	c.Flags().BoolVar(&sbom, "sbom", false, "print what the program was made from, as CycloneDX")
	return c
}

// printLicences prints what stands beside the code, the world's tables and the
// packs.
func printLicences(e *env, packs *lang.Packs) error {
	fmt.Fprintf(e.out, "\nCode: Apache-2.0, see LICENSE.\n\nWorld tables:\n%s\n", world.Notice)
	for _, code := range packs.Codes() {
		p, _ := packs.Pack(code)
		for _, name := range []string{"NOTICE", "MODEL-LICENSE"} {
			text, err := p.File(name)
			if err != nil {
				return err
			}
			fmt.Fprintf(e.out, "\nPack %s, %s:\n%s\n", code, name, text)
		}
	}
	return nil
}
