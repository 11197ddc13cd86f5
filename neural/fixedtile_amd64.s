#include "textflag.h"

// Each step takes a pair of inputs of every row and the pair of weights of each
// of 16 columns.

#define STEP(lo, hi, acc0, acc1) \
	VPMADDWD Y12, lo, Y14 \
	VPMADDWD Y13, lo, Y15 \
	VPADDD   Y14, acc0, acc0 \
	VPADDD   Y15, acc1, acc1

// NARROW shifts 16 sums, holds them to 16 bits and puts them into order.
#define NARROW(acc0, acc1) \
	VPSRAD X12, acc0, acc0 \
	VPSRAD X12, acc1, acc1 \
	VPACKSSDW acc1, acc0, acc0 \
	VPERMQ $0xD8, acc0, acc0

// func products4Asm(pairs int, x unsafe.Pointer, stride int, p, start, y unsafe.Pointer, out, shift int)
TEXT ·products4Asm(SB), NOSPLIT, $0-64
	MOVQ pairs+0(FP), CX
	MOVQ x+8(FP), SI
	MOVQ stride+16(FP), R8
	MOVQ p+24(FP), DI
	MOVQ start+32(FP), BX
	MOVQ y+40(FP), DX
	MOVQ out+48(FP), R11
	MOVQ shift+56(FP), AX
	LEAQ (SI)(R8*2), R12
	LEAQ (DX)(R11*2), R13
	VMOVDQU (BX), Y0
	VMOVDQU 32(BX), Y1
	VMOVDQA Y0, Y2
	VMOVDQA Y1, Y3
	VMOVDQA Y0, Y4
	VMOVDQA Y1, Y5
	VMOVDQA Y0, Y6
	VMOVDQA Y1, Y7

loop4:
	VMOVDQU (DI), Y12
	VMOVDQU 32(DI), Y13
	VPBROADCASTD (SI), Y8
	VPBROADCASTD (SI)(R8*1), Y9
	VPBROADCASTD (R12), Y10
	VPBROADCASTD (R12)(R8*1), Y11
	STEP(Y8, Y8, Y0, Y1)
	STEP(Y9, Y9, Y2, Y3)
	STEP(Y10, Y10, Y4, Y5)
	STEP(Y11, Y11, Y6, Y7)
	ADDQ $4, SI
	ADDQ $4, R12
	ADDQ $64, DI
	DECQ CX
	JNZ  loop4

	CMPQ AX, $0
	JLT  raw4
	VMOVQ AX, X12
	NARROW(Y0, Y1)
	NARROW(Y2, Y3)
	NARROW(Y4, Y5)
	NARROW(Y6, Y7)
	VMOVDQU Y0, (DX)
	VMOVDQU Y2, (DX)(R11*1)
	VMOVDQU Y4, (R13)
	VMOVDQU Y6, (R13)(R11*1)
	VZEROUPPER
	RET

raw4:
	VMOVDQU Y0, (DX)
	VMOVDQU Y1, 32(DX)
	VMOVDQU Y2, (DX)(R11*1)
	VMOVDQU Y3, 32(DX)(R11*1)
	VMOVDQU Y4, (R13)
	VMOVDQU Y5, 32(R13)
	VMOVDQU Y6, (R13)(R11*1)
	VMOVDQU Y7, 32(R13)(R11*1)
	VZEROUPPER
	RET

// func products1Asm(pairs int, x, p, start, y unsafe.Pointer, shift int)
TEXT ·products1Asm(SB), NOSPLIT, $0-48
	MOVQ pairs+0(FP), CX
	MOVQ x+8(FP), SI
	MOVQ p+16(FP), DI
	MOVQ start+24(FP), BX
	MOVQ y+32(FP), DX
	MOVQ shift+40(FP), AX
	VMOVDQU (BX), Y0
	VMOVDQU 32(BX), Y1

loop1:
	VPBROADCASTD (SI), Y8
	VPMADDWD (DI), Y8, Y14
	VPMADDWD 32(DI), Y8, Y15
	VPADDD Y14, Y0, Y0
	VPADDD Y15, Y1, Y1
	ADDQ $4, SI
	ADDQ $64, DI
	DECQ CX
	JNZ  loop1

	CMPQ AX, $0
	JLT  raw1
	VMOVQ AX, X12
	NARROW(Y0, Y1)
	VMOVDQU Y0, (DX)
	VZEROUPPER
	RET

raw1:
	VMOVDQU Y0, (DX)
	VMOVDQU Y1, 32(DX)
	VZEROUPPER
	RET

DATA words<>+0(SB)/2, $-32767
DATA words<>+2(SB)/2, $8192
DATA words<>+4(SB)/2, $-4096
DATA words<>+6(SB)/2, $4095
DATA words<>+8(SB)/2, $16384
DATA words<>+10(SB)/2, $-16383
DATA words<>+12(SB)/2, $16383
GLOBL words<>(SB), RODATA|NOPTR, $14

// SIGMOID turns gates into sigmoids of 15 bits.
#define SIGMOID(v, t) \
	VPMAXSW Y8, v, v \
	VPABSW v, t \
	VPSRAW $3, t, t \
	VPSUBW t, Y9, t \
	VPMULHRSW t, v, v \
	VPMAXSW Y10, v, v \
	VPMINSW Y11, v, v \
	VPSLLW $2, v, v \
	VPADDW Y12, v, v

// func cellAsm(steps int, mem, out, gates unsafe.Pointer, h int, skip unsafe.Pointer)
TEXT ·cellAsm(SB), NOSPLIT, $0-48
	MOVQ steps+0(FP), CX
	MOVQ mem+8(FP), DI
	MOVQ out+16(FP), DX
	MOVQ gates+24(FP), SI
	MOVQ h+32(FP), R8
	MOVQ skip+40(FP), R9
	VPBROADCASTW words<>+0(SB), Y8
	VPBROADCASTW words<>+2(SB), Y9
	VPBROADCASTW words<>+4(SB), Y10
	VPBROADCASTW words<>+6(SB), Y11
	VPBROADCASTW words<>+8(SB), Y12
	VPBROADCASTW words<>+10(SB), Y13
	VPBROADCASTW words<>+12(SB), Y14

next:
	VMOVDQU (SI), Y0
	VMOVDQU (SI)(R8*1), Y1
	VMOVDQU (SI)(R8*2), Y2
	VPMAXSW Y13, Y0, Y0
	VPMINSW Y14, Y0, Y0
	VPABSW Y0, Y3
	VPSRAW $1, Y3, Y3
	VPSUBW Y3, Y12, Y3
	VPADDW Y0, Y0, Y0
	VPMULHRSW Y3, Y0, Y0
	SIGMOID(Y1, Y3)
	SIGMOID(Y2, Y3)
	VMOVDQU (DI), Y4
	VPSUBW Y0, Y4, Y4
	VPMULHRSW Y1, Y4, Y4
	VPADDW Y0, Y4, Y4
	VMOVDQU Y4, (DI)
	VPXOR Y5, Y5, Y5
	TESTQ R9, R9
	JZ   noskip
	VMOVDQU (R9), Y5
	ADDQ $32, R9

noskip:
	VPSUBW Y5, Y4, Y4
	VPMULHRSW Y2, Y4, Y4
	VPADDW Y5, Y4, Y4
	VMOVDQU Y4, (DX)
	ADDQ $32, SI
	ADDQ $32, DI
	ADDQ $32, DX
	DECQ CX
	JNZ  next
	VZEROUPPER
	RET
