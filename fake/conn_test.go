package fake_test

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/nettest"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

const publicAddress = "203.0.113.10:443"

// connected makes both ends of a connection over the internet.
func connected(t testing.TB) (dialled, accepted net.Conn) {
	t.Helper()
	dialled, accepted, _, err := pair()
	require.NoError(t, err)
	return dialled, accepted
}

func pair() (dialled, accepted net.Conn, stop func(), err error) {
	i := new(fake.Cloud).Internet()
	l := i.Listen(publicAddress)
	if dialled, err = i.DialContext(context.Background(), "tcp", publicAddress); err != nil {
		return nil, nil, nil, err
	}
	accepted, err = l.Accept()
	return dialled, accepted, func() { _, _, _ = dialled.Close(), accepted.Close(), l.Close() }, err
}

func TestConnIsANetConn(t *testing.T) {
	nettest.TestConn(t, pair)
}

func TestConnBuffersAndHalfCloses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := connected(t)
		n, err := a.Write(make([]byte, 64<<10))
		require.NoError(t, err, "the buffer takes 64 KiB before anybody reads")
		require.Equal(t, 64<<10, n)
		require.NoError(t, a.SetWriteDeadline(time.Now().Add(time.Second)))
		_, err = a.Write([]byte("x"))
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)

		require.NoError(t, a.(interface{ CloseWrite() error }).CloseWrite())
		got, err := io.ReadAll(b)
		require.NoError(t, err)
		require.Len(t, got, 64<<10)
		_, err = b.Write([]byte("answer"))
		require.NoError(t, err, "the other direction is still open")
		require.NoError(t, b.Close())
		got, err = io.ReadAll(a)
		require.NoError(t, err)
		require.Equal(t, "answer", string(got))
		require.ErrorIs(t, a.Close(), nil)
		require.ErrorIs(t, a.Close(), net.ErrClosed)
	})
}

func TestConnAfterClose(t *testing.T) {
	a, b := connected(t)
	require.NoError(t, a.Close())
	_, err := a.Read(make([]byte, 1))
	require.ErrorIs(t, err, net.ErrClosed)
	_, err = a.Write([]byte("x"))
	require.ErrorIs(t, err, net.ErrClosed)
	require.ErrorIs(t, a.SetDeadline(time.Now()), net.ErrClosed)
	_, err = b.Read(make([]byte, 1))
	require.ErrorIs(t, err, io.EOF)
	_, err = b.Write([]byte("x"))
	require.ErrorIs(t, err, syscall.EPIPE)
}

func TestConnClosedBeforeAllIsRead(t *testing.T) {
	a, b := connected(t)
	_, err := a.Write([]byte("unread"))
	require.NoError(t, err)
	_, err = b.Write([]byte("last"))
	require.NoError(t, err)
	require.NoError(t, b.Close())
	got, err := io.ReadAll(a)
	require.Equal(t, "last", string(got))
	require.ErrorIs(t, err, syscall.ECONNRESET)
}

func TestConnWaitsOnlyInVirtualTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := connected(t)
		defer b.Close()
		start := time.Now()
		require.NoError(t, a.SetReadDeadline(start.Add(time.Hour)))
		_, err := a.Read(make([]byte, 1))
		var timeout net.Error
		require.ErrorAs(t, err, &timeout)
		require.True(t, timeout.Timeout())
		require.Equal(t, time.Hour, time.Since(start))

		go func() {
			time.Sleep(time.Minute)
			_, _ = b.Write([]byte("late"))
		}()
		require.NoError(t, a.SetReadDeadline(time.Time{}))
		n, err := a.Read(make([]byte, 8))
		require.NoError(t, err)
		require.Equal(t, 4, n)
		require.NoError(t, a.Close())
	})
}

func TestListenerCloses(t *testing.T) {
	i := new(fake.Cloud).Internet()
	l := i.Listen(publicAddress)
	require.Equal(t, publicAddress, l.Addr().String())
	require.Panics(t, func() { i.Listen(publicAddress) })
	c, err := i.DialContext(t.Context(), "tcp", publicAddress)
	require.NoError(t, err)
	require.NoError(t, l.Close())
	require.ErrorIs(t, l.Close(), net.ErrClosed)
	_, err = l.Accept()
	require.ErrorIs(t, err, net.ErrClosed)
	_, err = c.Read(make([]byte, 1))
	require.ErrorIs(t, err, syscall.ECONNRESET, "a connection that nobody accepted is reset")
	_, err = i.DialContext(t.Context(), "tcp", publicAddress)
	var blocked *fake.Unreachable
	require.ErrorAs(t, err, &blocked)
	require.Equal(t, "nothing on the internet listens at 203.0.113.10 port 443", blocked.Path.Blocked)
	again := i.Listen("[::ffff:203.0.113.10]:443")
	requireArrival(t, i, publicAddress)
	require.NoError(t, again.Close())
}

// TestDialIsRefusedByAListenerThatCloses has a dial wait behind a full backlog.
func TestDialIsRefusedByAListenerThatCloses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := new(fake.Cloud).Internet()
		l := i.Listen(publicAddress)
		for range 1024 {
			_, err := i.DialContext(t.Context(), "tcp", publicAddress)
			require.NoError(t, err)
		}
		refused := make(chan error)
		go func() {
			_, err := i.DialContext(t.Context(), "tcp", publicAddress)
			refused <- err
		}()
		synctest.Wait()
		require.NoError(t, l.Close())
		err := <-refused
		require.ErrorIs(t, err, syscall.ECONNREFUSED)
		require.Equal(t, "dial tcp "+publicAddress+": connect: connection refused", err.Error())
	})
}

// TestDialErrorsAreThoseOfTCP has one end of each kind: silence, which a client takes for a timeout, and a refusal.
func TestDialErrorsAreThoseOfTCP(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	open, shut := s.Host(), s.Host(v.SecurityGroup("shut"))
	for address, silent := range map[string]bool{
		hostAddr(t, a, open.ID) + ":80": false, hostAddr(t, a, shut.ID) + ":80": true, "10.0.9.9:80": true, "203.0.113.1:80": true,
	} {
		_, err := s.DialContext(t.Context(), "tcp", address)
		var failed net.Error
		require.ErrorAs(t, err, &failed, address)
		require.Equal(t, silent, failed.Timeout(), address)
		require.Equal(t, silent, errors.Is(err, syscall.ETIMEDOUT), address)
		require.Equal(t, !silent, errors.Is(err, syscall.ECONNREFUSED), address)
	}
}

func TestDialEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := new(fake.Cloud).Internet()
		l := i.Listen(publicAddress)
		var conns []net.Conn
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		for {
			c, err := i.DialContext(ctx, "tcp", publicAddress)
			if err != nil {
				require.True(t, errors.Is(err, context.DeadlineExceeded), "a full backlog makes a dial wait")
				break
			}
			conns = append(conns, c)
		}
		require.Len(t, conns, 1024)
		require.NoError(t, l.Close())
	})
}
