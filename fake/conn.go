package fake

import (
	"io"
	"net"
	"sync"
	"time"
)

// conn is one end of a buffered connection in memory. It blocks on channels only, so that a goroutine that waits in it
// counts as idle in a testing/synctest bubble.
type conn struct {
	in, out       *half
	local, remote net.Addr
	read, write   *deadline
	done          chan struct{}
	once          sync.Once
	request       *Request // of the client, at the accepting end
	way           *way     // the appliances that what it sends goes through; nil for none
}

// connect makes both ends of a connection. A load balancer between them makes each see other addresses.
func connect(client, server ends) (dialled, accepted *conn) {
	up, down := newHalf(), newHalf()
	return newConn(down, up, client), newConn(up, down, server)
}

// ends are the addresses of a connection as one side sees them.
type ends struct{ local, remote net.Addr }

func newConn(in, out *half, e ends) *conn {
	return &conn{in: in, out: out, local: e.local, remote: e.remote,
		read: newDeadline(), write: newDeadline(), done: make(chan struct{})}
}

// Read gives what has arrived, io.EOF once the other end has closed and all is read.
func (c *conn) Read(b []byte) (int, error) {
	n, err := c.in.read(b, c.read, c.done)
	if err != nil && err != io.EOF {
		err = c.fail("read", err)
	}
	return n, err
}

// Write returns when all of b is in the buffer, which holds 64 KiB in each direction.
func (c *conn) Write(b []byte) (int, error) {
	send := c.out.write
	if c.way != nil {
		send = c.way.write
	}
	n, err := send(b, c.write, c.done)
	if err != nil {
		err = c.fail("write", err)
	}
	return n, err
}

// Close ends both directions. The other end still reads what was written before, and then io.EOF; or, as of a TCP connection that is closed before
// all that came was read, that it was reset.
func (c *conn) Close() error { return c.end(false) }

// end is Close, or a reset.
func (c *conn) end(reset bool) error {
	err := net.ErrClosed
	c.once.Do(func() {
		close(c.done)
		unread := c.in.abandon() > 0
		c.out.finish(reset || unread)
		c.read.set(time.Time{})
		c.write.set(time.Time{})
		err = nil
	})
	if err != nil {
		return c.fail("close", err)
	}
	return nil
}

// CloseWrite ends the outgoing direction only, as a TCP connection's does.
func (c *conn) CloseWrite() error {
	if isClosed(c.done) {
		return c.fail("close", net.ErrClosed)
	}
	c.out.finish(false)
	return nil
}

func (c *conn) LocalAddr() net.Addr  { return c.local }
func (c *conn) RemoteAddr() net.Addr { return c.remote }

func (c *conn) SetDeadline(t time.Time) error {
	return c.setDeadlines(t, c.read, c.write)
}

func (c *conn) SetReadDeadline(t time.Time) error  { return c.setDeadlines(t, c.read) }
func (c *conn) SetWriteDeadline(t time.Time) error { return c.setDeadlines(t, c.write) }

func (c *conn) setDeadlines(t time.Time, ds ...*deadline) error {
	if isClosed(c.done) {
		return c.fail("set", net.ErrClosed)
	}
	for _, d := range ds {
		d.set(t)
	}
	return nil
}

func (c *conn) fail(op string, err error) error {
	return &net.OpError{Op: op, Net: c.local.Network(), Source: c.local, Addr: c.remote, Err: err}
}
