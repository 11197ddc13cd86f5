package main

import (
	"strings"
	"testing"
)

const udGold = "1\tXi\tXi\tPROPN\t_\t_\t2\tnsubj\t_\t_\n2\ttiba\ttiba\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n"

func TestEvalUD(t *testing.T) {
	g := write(t, "gold.conllu", udGold)
	p := write(t, "pred.conllu", strings.Replace(udGold, "VERB", "NOUN", 1))
	status, out, errs := invoke("", "eval", "ud", g, p)
	if status != 0 || !strings.Contains(out, "LAS        100.00") || !strings.Contains(out, "UPOS        66.67") {
		t.Errorf("status %d, out %s, errors %s", status, out, errs)
	}
	status, out, errs = invoke("", "eval", "ud", "--lang", "id", "--trees", write(t, "trees.conllu", ""), g)
	if status != 0 || !strings.Contains(out, "words      100.00") {
		t.Errorf("status %d, out %s, errors %s", status, out, errs)
	}
	for _, args := range [][]string{{"eval", "ud"}, {"eval", "ud", "--lang", "xx", g}, {"eval", "ud", "--lang", "id", "--style", "latin", g}} {
		if status, _, _ := invoke("", args...); status != 2 {
			t.Errorf("%v: status %d, want 2", args, status)
		}
	}
}
