package tagging_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/tagging"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestAtBirth(t *testing.T) {
	require.Equal(t, privatelink.Tags{privatelink.NameTag: "orders", "Name": "orders"}, tagging.AtBirth("orders", nil))
	require.Equal(t, privatelink.Tags{privatelink.NameTag: "orders", "Name": "mine"}, tagging.AtBirth("orders", privatelink.Tags{"Name": "mine"}))
	full := privatelink.Tags{}
	for i := range 49 {
		full[fmt.Sprint(i)] = "x"
	}
	require.Len(t, tagging.AtBirth("orders", full), 50, "no room for a Name")
	require.Len(t, full, 49, "the declaration is not changed")
}

func TestMissing(t *testing.T) {
	have := privatelink.Tags{privatelink.NameTag: "orders", "Name": "renamed by hand", "team": "red", "theirs": "x"}
	require.Equal(t, privatelink.Tags{"team": "blue"}, tagging.Missing("orders", privatelink.Tags{"team": "blue"}, have))
	require.Empty(t, tagging.Missing("orders", nil, have), "what is not declared is left alone")
	require.Equal(t, privatelink.Tags{privatelink.NameTag: "orders"}, tagging.Missing("orders", nil, nil), "our mark is put back")
}
