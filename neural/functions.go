package neural

// The nonlinearities are quadratic pieces: close to the logistic function and
// the hyperbolic tangent, smooth, and made of one multiplication, so that
// integers compute them as trained (after the second-order approximation of
// Zhang, Vassiliadis and Delgado-Frias 1996).

// Sigmoid rises from 0 at -4 to 1 at 4.
func Sigmoid(x float32) float32 {
	switch {
	case x >= 4:
		return 1
	case x <= -4:
		return 0
	case x >= 0:
		return 0.5 + float32(x*(0.25-float32(x*0.03125)))
	}
	return 0.5 + float32(x*(0.25+float32(x*0.03125)))
}

// SigmoidSlope is the derivative of Sigmoid.
func SigmoidSlope(x float32) float32 {
	if x < 0 {
		x = -x
	}
	if x >= 4 {
		return 0
	}
	return 0.25 - float32(x*0.0625)
}

// Tanh rises from -1 at -2 to 1 at 2.
func Tanh(x float32) float32 {
	switch {
	case x >= 2:
		return 1
	case x <= -2:
		return -1
	case x >= 0:
		return x * (1 - float32(x*0.25))
	}
	return x * (1 + float32(x*0.25))
}

// TanhSlope is the derivative of Tanh.
func TanhSlope(x float32) float32 {
	if x < 0 {
		x = -x
	}
	if x >= 2 {
		return 0
	}
	return 1 - float32(x*0.5)
}

// exp is e to the x for x <= 0, made of steps that every platform rounds alike.
func exp(x float32) float32 {
	if x < -80 {
		return 0
	}
	// 2^k * 2^f with |f| <= 1/2
	y := float64(x) * 1.4426950408889634
	k := int(y - 0.5)
	f := float64(y-float64(k)) * 0.6931471805599453
	p := 1.0
	for i := 9; i > 0; i-- {
		p = 1 + float64(p*f)/float64(i)
	}
	for ; k < 0; k++ {
		p *= 0.5
	}
	return float32(p)
}

// Softmax turns scores into the slope of their cross entropy with the class
// gold. It returns the probability that gold misses, and whether gold scored
// highest.
func Softmax(scores []float32, gold int) (missed float32, right bool) {
	top, at := scores[0], 0
	for i, s := range scores {
		if s > top {
			top, at = s, i
		}
	}
	sum := float32(0)
	for i, s := range scores {
		e := exp(s - top)
		scores[i] = e
		sum += e
	}
	for i := range scores {
		scores[i] /= sum
	}
	missed = 1 - scores[gold]
	scores[gold]--
	return missed, at == gold
}
