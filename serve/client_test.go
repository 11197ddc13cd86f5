package serve

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// A client in TypeScript, generated from the description of the API, compiles
// and gets what it is promised. KAWAT_NPM is a folder with node_modules that
// hold openapi-typescript, openapi-fetch and typescript.
func TestGeneratedClient(t *testing.T) {
	modules := os.Getenv("KAWAT_NPM")
	if modules == "" {
		missing(t, "KAWAT_NPM, a folder with openapi-typescript, openapi-fetch and typescript in its node_modules,")
	}
	if _, err := exec.LookPath("node"); err != nil {
		missing(t, "node")
	}
	srv := server(t)
	dir := t.TempDir()
	if err := os.Symlink(filepath.Join(modules, "node_modules"), filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	_, description := do(t, get(t, srv.URL+"/openapi.json"))
	source, err := os.ReadFile("testdata/client.mts")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"openapi.json": []byte(description), "client.mts": source, "globals.d.ts": []byte("declare const process: { env: Record<string, string | undefined> };\ndeclare const console: { log(...a: unknown[]): void };\n")} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	step := func(name string, args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), name, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "BASE="+srv.URL, "TEXT="+pasted)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
	}
	bin := func(name string) string { return filepath.Join("node_modules", ".bin", name) }
	step(bin("openapi-typescript"), "openapi.json", "-o", "schema.d.ts")
	step(bin("tsc"), "--strict", "--target", "es2022", "--module", "nodenext", "--moduleResolution", "nodenext", "--lib", "es2022,dom", "--skipLibCheck", "client.mts", "globals.d.ts")
	step("node", "client.mjs")
}
