package serve

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"

	"kawat/record"
)

//go:embed assets
var assetFiles embed.FS

// asset returns a file that pages load. The style and script of record pages
// stand before those of the desk.
func asset(name string) ([]byte, error) {
	data, err := fs.ReadFile(assetFiles, "assets/"+name)
	switch {
	case err != nil:
		return nil, err
	case name == "desk.css":
		return append([]byte(record.PageStyle()), data...), nil
	case name == "desk.js":
		return append([]byte(record.PageScript()), data...), nil
	}
	return data, nil
}

// assetHash is part of an asset's address, so that browsers may keep it for
// good: another content has another address.
var assetHash = sync.OnceValue(func() string {
	h := sha256.New()
	for _, name := range []string{"desk.css", "desk.js"} {
		data, err := asset(name)
		if err != nil {
			panic(err) // embedded
		}
		h.Write(data)
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
})

func assetPath(name string) string { return "/assets/" + assetHash() + "/" + name }

func assetHandler() http.Handler {
	types := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := path.Base(r.URL.Path)
		kind := types[path.Ext(name)]
		data, err := asset(name)
		if err != nil || kind == "" || !strings.HasPrefix(r.URL.Path, "/assets/"+assetHash()+"/") {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		w.Write(data)
	})
}
