package world

// Taken is how many addresses are noted as taken, for the test that they are forgotten.
func (w *World) Taken() int { return len(w.taken) }
