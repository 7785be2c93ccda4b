package service

import (
	"context"
	"fmt"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
)

// inform makes the notifications what is declared: made and changed first, then deleted, so that no event is missed.
func (k *kind) inform(ctx context.Context, s *Service) error {
	if len(k.topicDeltas(s.Notifications)) == 0 {
		return nil
	}
	have := byTopic(s.Notifications)
	var now []Notification
	var gone []converge.Row[Notification]
	for _, topic := range k.allTopics(have) {
		stays := ""
		if len(k.topics[topic]) > 0 {
			n, err := k.teller(s, topic).maker.Make(ctx)
			if err != nil {
				return fmt.Errorf("the notification of %s: %w", topic, err)
			}
			now, stays = append(now, *n), n.ID
		}
		for _, n := range have[topic] {
			if n.ID != stays {
				gone = append(gone, converge.Row[Notification]{ID: n.ID})
			}
		}
	}
	s.Notifications = now
	if len(gone) == 0 {
		return nil
	}
	return (&notice{api: k.api}).Delete(ctx, gone)
}

// telling is what one call of a verb knows of notifications.
type telling struct {
	heard   map[string]converge.Rows[Notification] // of each service, as they were read last
	tellers map[string]*teller                     // by service and topic
	looked  converge.Rows[Notification]            // none, as of the last look for the service
	empty   converge.Rows[Notification]            // none, as of the look that showed no service before this call's create: a twin may have made it since
}

// teller makes the notification of one topic, in every pass.
type teller struct {
	of    *notice
	maker converge.Maker[Notification]
}

func (k *kind) readNotifications(ctx context.Context, s *Service) error {
	all, err := reader{k.api}.notifications(ctx, s.ID)
	if err != nil {
		return err
	}
	k.hear(s.ID, all)
	for _, row := range all.Rows {
		s.Notifications = append(s.Notifications, *row.Snap)
		delete(k.tellers, s.ID+" "+row.Name) // what was learnt of its tokens ends with a sight of it
	}
	return nil
}

func (k *kind) hear(serviceID string, all converge.Rows[Notification]) {
	if k.heard == nil {
		k.heard, k.tellers = map[string]converge.Rows[Notification]{}, map[string]*teller{}
	}
	k.heard[serviceID] = all
}

// teller is the one of a topic. The pass over the service has just looked for its notification.
func (k *kind) teller(s *Service, topic string) *teller {
	id := s.ID + " " + topic
	t := k.tellers[id]
	if t == nil {
		n := &notice{api: k.api, service: s.ID, topic: topic, events: k.topics[topic]}
		t = &teller{of: n, maker: converge.Maker[Notification]{Kind: n}}
		k.tellers[id] = t
	}
	seen := k.heard[s.ID]
	t.of.seen, t.of.newborn = &seen, s.fresh
	return t
}
