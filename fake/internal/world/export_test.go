package world

// Taken is how many addresses are noted as taken, for the test that they are forgotten.
func (w *World) Taken() (n int) {
	for _, p := range w.pools {
		n += len(p.taken)
	}
	return n
}
