module kawat

go 1.26
