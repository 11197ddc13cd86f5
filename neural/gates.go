package neural

// Gates is one word's step of a recurrent layer in one direction as it is
// trained; Cell is the same in integers. All slices but Gates have one length.
type Gates struct {
	Gates  []float32 // what goes in, how much is kept, how much is shown, one after the other
	Before []float32 // memory of the word before, zeros at the edge
	Skip   []float32 // what the layer read, zeros in the first layer
	Mem    []float32
	Out    []float32
}

// Forward fills Mem and Out.
func (c *Gates) Forward() {
	h := len(c.Mem)
	_, _, _, _ = c.Gates[3*h-1], c.Before[h-1], c.Skip[h-1], c.Out[h-1]
	c.forward()
}

func (c *Gates) forwardGo() {
	h := len(c.Mem)
	for i := range h {
		z, f, o := Tanh(c.Gates[i]), Sigmoid(c.Gates[h+i]), Sigmoid(c.Gates[2*h+i])
		m := float32((1-f)*z) + float32(f*c.Before[i])
		c.Mem[i] = m
		c.Out[i] = float32(o*m) + float32((1-o)*c.Skip[i])
	}
}

// Back turns the slopes d of Out into those of Gates and of Skip. dc holds the
// slope of Mem that came from the word that read it, and then that of Before.
func (c *Gates) Back(d, slopes, dskip, dc []float32) {
	h := len(c.Mem)
	_, _, _ = c.Gates[3*h-1], c.Before[h-1], c.Skip[h-1]
	_, _, _, _ = d[h-1], slopes[3*h-1], dskip[h-1], dc[h-1]
	c.back(d, slopes, dskip, dc)
}

func (c *Gates) backGo(d, slopes, dskip, dc []float32) {
	h := len(c.Mem)
	for i := range h {
		uz, uf, uo := c.Gates[i], c.Gates[h+i], c.Gates[2*h+i]
		z, f, o := Tanh(uz), Sigmoid(uf), Sigmoid(uo)
		dskip[i] = float32(d[i] * (1 - o))
		slopes[2*h+i] = float32(d[i]*(c.Mem[i]-c.Skip[i])) * SigmoidSlope(uo)
		m := dc[i] + float32(d[i]*o)
		slopes[h+i] = float32(m*(c.Before[i]-z)) * SigmoidSlope(uf)
		slopes[i] = float32(m*(1-f)) * TanhSlope(uz)
		dc[i] = float32(m * f)
	}
}

// Multiply multiplies every value of y with that of x.
func Multiply(y, x []float32) {
	x = x[:len(y)]
	for i := multiply(y, x); i < len(y); i++ {
		y[i] *= x[i]
	}
}
