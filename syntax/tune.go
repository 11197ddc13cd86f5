package syntax

var tuned func(*Recipe)
