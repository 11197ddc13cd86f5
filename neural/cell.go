package neural

// Bits of fraction of what runs through a recurrent layer.
const (
	GateBits  = 13 // gates before the nonlinearity, from -4 to 4
	StateBits = 13 // memory and outputs, from -1 to 1
)

// mulHigh is the rounded product of a number with one of 15 bits of fraction.
func mulHigh(a, b int16) int16 { return int16((int32(a)*int32(b) + 1<<14) >> 15) }

// sigmoid returns Sigmoid with 15 bits of fraction of a gate.
func sigmoid(u int16) int16 {
	u = max(u, -32767)
	a := max(u, -u)
	return min(max(mulHigh(u, 8192-a>>3), -4096), 4095)<<2 + 16384
}

// tanh returns Tanh with StateBits of fraction of a gate.
func tanh(u int16) int16 {
	u = min(max(u, -16383), 16383)
	a := max(u, -u)
	return mulHigh(u<<1, 16384-a>>1)
}

// Cell computes one word's step of a recurrent layer in one direction from its
// gates (what goes in, how much is kept, how much is shown; each as long as
// mem): mem becomes the new memory and out the output. skip is what the layer
// read, nil in the first layer.
func Cell(mem, out, gates, skip []int16) {
	h := len(mem)
	_, _ = out[h-1], gates[3*h-1]
	if skip != nil {
		_ = skip[h-1]
	}
	cell(mem, out, gates, skip)
}

func cellGo(mem, out, gates, skip []int16) {
	h := len(mem)
	for i := range mem {
		z := tanh(gates[i])
		c := z + mulHigh(mem[i]-z, sigmoid(gates[h+i]))
		mem[i] = c
		s := int16(0)
		if skip != nil {
			s = skip[i]
		}
		out[i] = s + mulHigh(c-s, sigmoid(gates[2*h+i]))
	}
}
