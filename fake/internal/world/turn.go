package world

// Turn is whose turn it is among n, which go round for each name.
func (tx *Tx) Turn(name string, n int) int {
	turn := tx.turns[name]
	if !tx.peeking {
		tx.turns[name]++
	}
	return turn % n
}

// Peek runs what looks ahead: its draws and turns are those of the next operation, which has them again.
func (tx *Tx) Peek(run func()) {
	draws := tx.draws.copied()
	tx.peeking = true
	run()
	tx.peeking = false
	tx.World.draws = draws
}
