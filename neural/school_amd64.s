#include "textflag.h"

// Constants, eight times each.
DATA two8<>+0(SB)/8, $0x4000000040000000
DATA two8<>+8(SB)/8, $0x4000000040000000
DATA two8<>+16(SB)/8, $0x4000000040000000
DATA two8<>+24(SB)/8, $0x4000000040000000
GLOBL two8<>(SB), RODATA|NOPTR, $32
DATA four8<>+0(SB)/8, $0x4080000040800000
DATA four8<>+8(SB)/8, $0x4080000040800000
DATA four8<>+16(SB)/8, $0x4080000040800000
DATA four8<>+24(SB)/8, $0x4080000040800000
GLOBL four8<>(SB), RODATA|NOPTR, $32
DATA half8<>+0(SB)/8, $0x3f0000003f000000
DATA half8<>+8(SB)/8, $0x3f0000003f000000
DATA half8<>+16(SB)/8, $0x3f0000003f000000
DATA half8<>+24(SB)/8, $0x3f0000003f000000
GLOBL half8<>(SB), RODATA|NOPTR, $32
DATA quarter8<>+0(SB)/8, $0x3e8000003e800000
DATA quarter8<>+8(SB)/8, $0x3e8000003e800000
DATA quarter8<>+16(SB)/8, $0x3e8000003e800000
DATA quarter8<>+24(SB)/8, $0x3e8000003e800000
GLOBL quarter8<>(SB), RODATA|NOPTR, $32
DATA sixteenth8<>+0(SB)/8, $0x3d8000003d800000
DATA sixteenth8<>+8(SB)/8, $0x3d8000003d800000
DATA sixteenth8<>+16(SB)/8, $0x3d8000003d800000
DATA sixteenth8<>+24(SB)/8, $0x3d8000003d800000
GLOBL sixteenth8<>(SB), RODATA|NOPTR, $32
DATA thirtysecond8<>+0(SB)/8, $0x3d0000003d000000
DATA thirtysecond8<>+8(SB)/8, $0x3d0000003d000000
DATA thirtysecond8<>+16(SB)/8, $0x3d0000003d000000
DATA thirtysecond8<>+24(SB)/8, $0x3d0000003d000000
GLOBL thirtysecond8<>(SB), RODATA|NOPTR, $32
DATA one8<>+0(SB)/8, $0x3f8000003f800000
DATA one8<>+8(SB)/8, $0x3f8000003f800000
DATA one8<>+16(SB)/8, $0x3f8000003f800000
DATA one8<>+24(SB)/8, $0x3f8000003f800000
GLOBL one8<>(SB), RODATA|NOPTR, $32
DATA positive8<>+0(SB)/8, $0x7fffffff7fffffff
DATA positive8<>+8(SB)/8, $0x7fffffff7fffffff
DATA positive8<>+16(SB)/8, $0x7fffffff7fffffff
DATA positive8<>+24(SB)/8, $0x7fffffff7fffffff
GLOBL positive8<>(SB), RODATA|NOPTR, $32

// func cellForwardAsm(steps, h int, gates, prev, skip, mem, out unsafe.Pointer)
// h is the width of a gate in bytes.
TEXT ·cellForwardAsm(SB), NOSPLIT, $0-56
	MOVQ steps+0(FP), CX
	MOVQ h+8(FP), R8
	MOVQ gates+16(FP), SI
	MOVQ prev+24(FP), DI
	MOVQ skip+32(FP), R9
	MOVQ mem+40(FP), R10
	MOVQ out+48(FP), R11
	XORQ AX, AX
	LEAQ (SI)(R8*1), R14
	LEAQ (SI)(R8*2), BX
	VXORPS Y15, Y15, Y15
	VSUBPS two8<>(SB), Y15, Y14
	VSUBPS four8<>(SB), Y15, Y15
	VMOVUPS one8<>(SB), Y13

forward:
	VMOVUPS (SI)(AX*1), Y0
	VMOVUPS (R14)(AX*1), Y1
	VMOVUPS (BX)(AX*1), Y2
	VMAXPS Y14, Y0, Y3
	VMINPS two8<>(SB), Y3, Y3
	VANDPS positive8<>(SB), Y3, Y6
	VMULPS quarter8<>(SB), Y6, Y6
	VSUBPS Y6, Y13, Y6
	VMULPS Y6, Y3, Y3
	VMAXPS Y15, Y1, Y4
	VMINPS four8<>(SB), Y4, Y4
	VANDPS positive8<>(SB), Y4, Y6
	VMULPS thirtysecond8<>(SB), Y6, Y6
	VMOVUPS quarter8<>(SB), Y12
	VSUBPS Y6, Y12, Y6
	VMULPS Y6, Y4, Y4
	VADDPS half8<>(SB), Y4, Y4
	VMAXPS Y15, Y2, Y5
	VMINPS four8<>(SB), Y5, Y5
	VANDPS positive8<>(SB), Y5, Y6
	VMULPS thirtysecond8<>(SB), Y6, Y6
	VMOVUPS quarter8<>(SB), Y12
	VSUBPS Y6, Y12, Y6
	VMULPS Y6, Y5, Y5
	VADDPS half8<>(SB), Y5, Y5
	VSUBPS Y4, Y13, Y7
	VMULPS Y3, Y7, Y7
	VMULPS (DI)(AX*1), Y4, Y4
	VADDPS Y4, Y7, Y7
	VMOVUPS Y7, (R10)(AX*1)
	VMULPS Y7, Y5, Y8
	VSUBPS Y5, Y13, Y9
	VMULPS (R9)(AX*1), Y9, Y9
	VADDPS Y9, Y8, Y8
	VMOVUPS Y8, (R11)(AX*1)
	ADDQ $32, AX
	DECQ CX
	JNZ  forward
	VZEROUPPER
	RET

// func cellBackAsm(steps, h int, gates, prev, skip, mem, d, slopes, dskip, dc unsafe.Pointer)
TEXT ·cellBackAsm(SB), NOSPLIT, $0-80
	MOVQ steps+0(FP), CX
	MOVQ h+8(FP), R8
	MOVQ gates+16(FP), SI
	MOVQ prev+24(FP), DI
	MOVQ skip+32(FP), R9
	MOVQ mem+40(FP), R10
	MOVQ d+48(FP), R11
	MOVQ slopes+56(FP), R12
	MOVQ dskip+64(FP), R13
	MOVQ dc+72(FP), BX
	XORQ AX, AX
	VXORPS Y15, Y15, Y15
	VSUBPS two8<>(SB), Y15, Y14
	VSUBPS four8<>(SB), Y15, Y15
	VMOVUPS one8<>(SB), Y13

back:
	VMOVUPS (SI), Y0
	VMOVUPS (SI)(R8*1), Y1
	VMOVUPS (SI)(R8*2), Y2
	VMAXPS Y14, Y0, Y3
	VMINPS two8<>(SB), Y3, Y3
	VANDPS positive8<>(SB), Y3, Y6
	VMULPS quarter8<>(SB), Y6, Y6
	VSUBPS Y6, Y13, Y6
	VMULPS Y6, Y3, Y3
	VMAXPS Y15, Y1, Y4
	VMINPS four8<>(SB), Y4, Y4
	VANDPS positive8<>(SB), Y4, Y6
	VMULPS thirtysecond8<>(SB), Y6, Y6
	VMOVUPS quarter8<>(SB), Y12
	VSUBPS Y6, Y12, Y6
	VMULPS Y6, Y4, Y4
	VADDPS half8<>(SB), Y4, Y4
	VMAXPS Y15, Y2, Y5
	VMINPS four8<>(SB), Y5, Y5
	VANDPS positive8<>(SB), Y5, Y6
	VMULPS thirtysecond8<>(SB), Y6, Y6
	VMOVUPS quarter8<>(SB), Y12
	VSUBPS Y6, Y12, Y6
	VMULPS Y6, Y5, Y5
	VADDPS half8<>(SB), Y5, Y5
	VMOVUPS (R11)(AX*1), Y7
	VSUBPS Y5, Y13, Y8
	VMULPS Y8, Y7, Y8
	VMOVUPS Y8, (R13)(AX*1)
	VMOVUPS (R10)(AX*1), Y8
	VSUBPS (R9)(AX*1), Y8, Y8
	VMULPS Y8, Y7, Y8
	VANDPS positive8<>(SB), Y2, Y2
	VMINPS four8<>(SB), Y2, Y2
	VMULPS sixteenth8<>(SB), Y2, Y2
	VSUBPS Y2, Y12, Y2
	VMULPS Y2, Y8, Y8
	VMOVUPS Y8, (R12)(R8*2)
	VMULPS Y5, Y7, Y7
	VADDPS (BX)(AX*1), Y7, Y7
	VMOVUPS (DI)(AX*1), Y8
	VSUBPS Y3, Y8, Y8
	VMULPS Y8, Y7, Y8
	VANDPS positive8<>(SB), Y1, Y1
	VMINPS four8<>(SB), Y1, Y1
	VMULPS sixteenth8<>(SB), Y1, Y1
	VSUBPS Y1, Y12, Y1
	VMULPS Y1, Y8, Y8
	VMOVUPS Y8, (R12)(R8*1)
	VSUBPS Y4, Y13, Y8
	VMULPS Y8, Y7, Y8
	VANDPS positive8<>(SB), Y0, Y0
	VMINPS two8<>(SB), Y0, Y0
	VMULPS half8<>(SB), Y0, Y0
	VSUBPS Y0, Y13, Y0
	VMULPS Y0, Y8, Y8
	VMOVUPS Y8, (R12)
	VMULPS Y4, Y7, Y7
	VMOVUPS Y7, (BX)(AX*1)
	ADDQ $32, SI
	ADDQ $32, R12
	ADDQ $32, AX
	DECQ CX
	JNZ  back
	VZEROUPPER
	RET

// func adamAsm(steps int, w, m, v, slope unsafe.Pointer, by *[6]float32)
// by holds 1-beta1, 1-beta2, fix1, fix2, rate and epsilon.
TEXT ·adamAsm(SB), NOSPLIT, $0-48
	MOVQ steps+0(FP), CX
	MOVQ w+8(FP), DI
	MOVQ m+16(FP), R8
	MOVQ v+24(FP), R9
	MOVQ slope+32(FP), SI
	MOVQ by+40(FP), DX
	VBROADCASTSS (DX), Y8
	VBROADCASTSS 4(DX), Y9
	VBROADCASTSS 8(DX), Y10
	VBROADCASTSS 12(DX), Y11
	VBROADCASTSS 16(DX), Y12
	VBROADCASTSS 20(DX), Y13
	XORQ AX, AX

adam:
	VMOVUPS (SI)(AX*1), Y0
	VMOVUPS (R8)(AX*1), Y1
	VMOVUPS (R9)(AX*1), Y2
	VSUBPS Y1, Y0, Y3
	VMULPS Y3, Y8, Y3
	VADDPS Y3, Y1, Y1
	VMOVUPS Y1, (R8)(AX*1)
	VMULPS Y0, Y0, Y0
	VSUBPS Y2, Y0, Y0
	VMULPS Y0, Y9, Y0
	VADDPS Y0, Y2, Y2
	VMOVUPS Y2, (R9)(AX*1)
	VMULPS Y10, Y1, Y1
	VMULPS Y12, Y1, Y1
	VMULPS Y11, Y2, Y2
	VSQRTPS Y2, Y2
	VADDPS Y13, Y2, Y2
	VDIVPS Y2, Y1, Y1
	VMOVUPS (DI)(AX*1), Y0
	VSUBPS Y1, Y0, Y0
	VMOVUPS Y0, (DI)(AX*1)
	ADDQ $32, AX
	DECQ CX
	JNZ  adam
	VZEROUPPER
	RET

// func packAsm(k int, p, b unsafe.Pointer, stride int)
TEXT ·packAsm(SB), NOSPLIT, $0-32
	MOVQ k+0(FP), CX
	MOVQ p+8(FP), DI
	MOVQ b+16(FP), SI
	MOVQ stride+24(FP), R8

pack:
	VMOVUPS (SI), Y0
	VMOVUPS 32(SI), Y1
	VMOVUPS Y0, (DI)
	VMOVUPS Y1, 32(DI)
	ADDQ R8, SI
	ADDQ $64, DI
	DECQ CX
	JNZ  pack
	VZEROUPPER
	RET

// func multiplyAsm(steps int, y, x unsafe.Pointer)
TEXT ·multiplyAsm(SB), NOSPLIT, $0-24
	MOVQ steps+0(FP), CX
	MOVQ y+8(FP), DI
	MOVQ x+16(FP), SI

multiply:
	VMOVUPS (DI), Y0
	VMULPS (SI), Y0, Y0
	VMOVUPS Y0, (DI)
	ADDQ $32, SI
	ADDQ $32, DI
	DECQ CX
	JNZ  multiply
	VZEROUPPER
	RET
