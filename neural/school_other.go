//go:build !amd64

package neural

func (c *Gates) forward() { c.forwardGo() }

func (c *Gates) back(d, slopes, dskip, dc []float32) { c.backGo(d, slopes, dskip, dc) }

func adam(_, _, _, _ []float32, _ *[6]float32) int { return 0 }

func packPanel(p, b []float32, k, n int) { packPanelGo(p, b, k, n) }

func multiply(_, _ []float32) int { return 0 }
