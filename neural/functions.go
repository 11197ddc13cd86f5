package neural

import "math"

// The nonlinearities are quadratic pieces: close to the logistic function and
// the hyperbolic tangent, smooth, and made of one multiplication, so that
// integers compute them as trained (after the second-order approximation of
// Zhang, Vassiliadis and Delgado-Frias 1996).

// Sigmoid rises from 0 at -4 to 1 at 4.
func Sigmoid(x float32) float32 {
	x = min(max(x, -4), 4)
	return 0.5 + float32(x*(0.25-float32(abs(x)*0.03125)))
}

// SigmoidSlope is the derivative of Sigmoid.
func SigmoidSlope(x float32) float32 { return 0.25 - float32(min(abs(x), 4)*0.0625) }

// Tanh rises from -1 at -2 to 1 at 2.
func Tanh(x float32) float32 {
	x = min(max(x, -2), 2)
	return x * (1 - float32(abs(x)*0.25))
}

// TanhSlope is the derivative of Tanh.
func TanhSlope(x float32) float32 { return 1 - float32(min(abs(x), 2)*0.5) }

// abs is the value without its sign, and without a branch that would be guessed
// wrong half the time.
func abs(x float32) float32 { return math.Float32frombits(math.Float32bits(x) &^ (1 << 31)) }

// exp is e to the x for x <= 0, made of steps that every platform rounds alike;
// 0 where it is less than a millionth of a millionth.
func exp(x float32) float32 {
	if x < -28 {
		return 0
	}
	// 2^k * 2^f with |f| <= 1/2
	y := float64(x) * 1.4426950408889634
	k := int(y - 0.5)
	f := float64(y-float64(k)) * 0.6931471805599453
	p := 1.0 / 720
	p = 1.0/120 + float64(p*f)
	p = 1.0/24 + float64(p*f)
	p = 1.0/6 + float64(p*f)
	p = 0.5 + float64(p*f)
	p = 1 + float64(p*f)
	p = 1 + float64(p*f)
	return float32(p * math.Float64frombits(uint64(1023+k)<<52))
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

// Exp is e to the x for x <= 0, rounded alike on every platform.
func Exp(x float32) float32 { return exp(x) }
