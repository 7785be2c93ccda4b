package fake

import (
	"io"
	"net"
	"os"
	"sync"
	"syscall"
)

const bufferSize = 64 << 10

var buffers = sync.Pool{New: func() any { return new([bufferSize]byte) }}

// half is one direction: a ring that is borrowed only while it holds something, since most connections are idle.
type half struct {
	mu         sync.Mutex
	ring       *[bufferSize]byte
	start, n   int
	finished   bool // nothing more will be written
	reset      bool // and that without good-bye
	abandoned  bool // nobody will read
	data, room chan struct{}
	writing    chan struct{} // held by the one writer whose bytes go in now
}

func newHalf() *half {
	return &half{data: make(chan struct{}, 1), room: make(chan struct{}, 1), writing: make(chan struct{}, 1)}
}

func (h *half) read(b []byte, d *deadline, done <-chan struct{}) (int, error) {
	for {
		expired := d.wait()
		switch {
		case isClosed(done):
			return 0, net.ErrClosed
		case isClosed(expired):
			return 0, os.ErrDeadlineExceeded
		}
		if n, err := h.take(b); n > 0 || err != nil || len(b) == 0 {
			return n, err
		}
		select {
		case <-h.data:
		case <-expired:
		case <-done:
		}
		h.wake()
	}
}

func (h *half) write(b []byte, d *deadline, done <-chan struct{}) (int, error) {
	if err := h.lockWriting(d, done); err != nil {
		return 0, err
	}
	defer func() { <-h.writing }()
	for sent := 0; ; {
		expired := d.wait()
		switch {
		case isClosed(done):
			return sent, net.ErrClosed
		case isClosed(expired):
			return sent, os.ErrDeadlineExceeded
		}
		n, err := h.put(b[sent:])
		if sent += n; err != nil || sent == len(b) {
			return sent, err
		}
		select {
		case <-h.room:
		case <-expired:
		case <-done:
		}
		h.wake()
	}
}

func (h *half) lockWriting(d *deadline, done <-chan struct{}) error {
	expired := d.wait()
	select {
	case h.writing <- struct{}{}:
		return nil
	case <-done:
		return net.ErrClosed
	case <-expired:
		return os.ErrDeadlineExceeded
	}
}

func (h *half) take(b []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.n == 0 && h.reset:
		return 0, syscall.ECONNRESET
	case h.n == 0 && h.finished:
		return 0, io.EOF
	case h.n == 0:
		return 0, nil
	}
	n := 0
	for n < len(b) && h.n > 0 {
		m := copy(b[n:], h.ring[h.start:min(h.start+h.n, bufferSize)])
		h.start, h.n, n = (h.start+m)%bufferSize, h.n-m, n+m
	}
	h.release()
	h.signal()
	return n, nil
}

func (h *half) put(b []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.finished || h.abandoned {
		return 0, syscall.EPIPE
	}
	if h.ring == nil && len(b) > 0 {
		h.ring = buffers.Get().(*[bufferSize]byte)
	}
	n := 0
	for n < len(b) && h.n < bufferSize {
		end := (h.start + h.n) % bufferSize
		m := copy(h.ring[end:min(end+bufferSize-h.n, bufferSize)], b[n:])
		h.n, n = h.n+m, n+m
	}
	h.signal()
	return n, nil
}

func (h *half) release() {
	if h.n == 0 && h.ring != nil {
		buffers.Put(h.ring)
		h.ring, h.start = nil, 0
	}
}

func (h *half) finish(reset bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.finished, h.reset = true, h.reset || reset
	h.signal()
}

// abandon says that nobody will read, and gives how much that loses.
func (h *half) abandon() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	lost := h.n
	h.abandoned, h.n = true, 0
	h.release()
	h.signal()
	return lost
}

func (h *half) wake() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.signal()
}

// signal passes the word on: whoever took a token and did not use all that it stood for leaves one for the next.
func (h *half) signal() {
	if h.n > 0 || h.finished {
		post(h.data)
	}
	if h.n < bufferSize || h.abandoned || h.finished {
		post(h.room)
	}
}

func post(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
