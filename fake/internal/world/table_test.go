package world_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const account, region = "111111111111", "us-east-1"

func put(w *world.World, cfg world.Config, id, name string) {
	w.Do(cfg, account, region, func(tx *world.Tx) {
		tx.Groups.Put(tx.Now, &world.SecurityGroup{Meta: tx.Meta(id, nil), VPC: "vpc", Name: name})
	})
}

func TestVersionsAreSeenAsOfAMoment(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w, cfg := world.New(0), world.Config{Lag: 10 * time.Second}
		put(w, cfg, "sg", "first")
		time.Sleep(3 * time.Second)
		put(w, cfg, "sg", "second")
		time.Sleep(8 * time.Second)
		w.Do(cfg, account, region, func(tx *world.Tx) {
			require.Equal(t, "first", tx.Groups.At("sg", tx.Seen()).Name)
			require.Equal(t, "second", tx.Groups.At("sg", tx.Now).Name)
			require.Nil(t, tx.Groups.At("sg", tx.Now.Add(-time.Minute)))
		})
	})
}

func TestAPutBeforeAScheduledEndKeepsTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w, cfg := world.New(0), world.Config{}
		put(w, cfg, "sg", "first")
		w.Do(cfg, account, region, func(tx *world.Tx) { tx.Groups.Drop("sg", tx.Now.Add(time.Minute)) })
		time.Sleep(30 * time.Second)
		put(w, cfg, "sg", "second")
		w.Do(cfg, account, region, func(tx *world.Tx) { require.Equal(t, "second", tx.Groups.At("sg", tx.Now).Name) })
		time.Sleep(30 * time.Second)
		w.Do(cfg, account, region, func(tx *world.Tx) {
			require.Nil(t, tx.Groups.At("sg", tx.Now))
			require.Nil(t, tx.Groups.Row("sg"), "a row that nobody can see any more is forgotten")
			require.Zero(t, tx.Groups.Count(world.ByVPC, "vpc"))
		})
	})
}

// TestARowThatComesBackIsNotForgotten drops a row and puts it again before the drop is out of sight.
func TestARowThatComesBackIsNotForgotten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w, cfg := world.New(0), world.Config{Lag: time.Minute}
		put(w, cfg, "sg", "first")
		w.Do(cfg, account, region, func(tx *world.Tx) { tx.Groups.Drop("sg", tx.Now) })
		time.Sleep(time.Second)
		put(w, cfg, "sg", "second")
		time.Sleep(time.Hour)
		put(w, cfg, "other", "other")
		w.Do(cfg, account, region, func(tx *world.Tx) {
			require.Equal(t, "second", tx.Groups.At("sg", tx.Now).Name)
			tx.Groups.Drop("other", tx.Now)
		})
		time.Sleep(time.Hour)
		w.Do(cfg, account, region, func(tx *world.Tx) {
			require.Nil(t, tx.Groups.Row("other"))
			tx.Groups.Drop("sg", tx.Now)
		})
		time.Sleep(time.Hour)
		w.Do(cfg, account, region, func(tx *world.Tx) {
			require.Nil(t, tx.Groups.Row("sg"))
		})
	})
}

func TestIndexesKeepOrderWhileRowsGo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w, cfg := world.New(0), world.Config{}
		ids := []string{"a", "b", "c", "d", "e", "f", "g"}
		for _, id := range ids {
			put(w, cfg, id, id)
		}
		for i, id := range []string{"b", "a", "f", "d", "c"} {
			w.Do(cfg, account, region, func(tx *world.Tx) { tx.Groups.Drop(id, tx.Now) })
			time.Sleep(time.Second)
			w.Do(cfg, account, region, func(tx *world.Tx) {
				var left []string
				for g := range world.Live(tx, tx.Groups.By(world.ByVPC, "vpc", 0)) {
					left = append(left, g.ID)
				}
				require.Len(t, left, len(ids)-i-1)
				require.IsIncreasing(t, left)
				require.Equal(t, len(left), tx.Groups.Count(world.ByVPC, "vpc"))
			})
		}
	})
}

func TestSameSeedSameIdentifiers(t *testing.T) {
	t.Parallel()
	ids := func(seed uint64) (out []string) {
		world.New(seed).Do(world.Config{}, account, region, func(tx *world.Tx) {
			out = []string{tx.NewID("vpce"), tx.NewHex(4), tx.NewLower(8), tx.NewUpper("Z", 20), tx.NewMixed(20), tx.NewMAC().String()}
		})
		return out
	}
	require.Equal(t, ids(1), ids(1))
	require.NotEqual(t, ids(1), ids(2))
	require.Regexp(t, `^vpce-0[0-9a-f]{16}$`, ids(1)[0])
	require.Regexp(t, `^Z[0-9A-Z]{20}$`, ids(1)[3])
	require.Regexp(t, `^02(:[0-9a-f]{2}){5}$`, ids(1)[5])
}
