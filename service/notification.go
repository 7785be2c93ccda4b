package service

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
)

// Event is what happens to a connection of a service, of which a topic can be told.
type Event string

// The events.
const (
	EventConnect Event = "Connect" // a consumer asks for a connection
	EventAccept  Event = "Accept"
	EventReject  Event = "Reject"
	EventDelete  Event = "Delete" // a consumer deletes its endpoint
)

// Notification tells an SNS topic of what happens to the connections of a service.
type Notification struct {
	ID, Topic string // Topic is its ARN
	Events    []Event
}

var topicForm = regexp.MustCompile(`^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]{1,256}$`)

// notify sets the events of one topic, in a map of its own; they come back from AWS sorted.
func (d *declaration) notify(topic string, events []Event) {
	d.topics = maps.Clone(d.topics)
	if d.topics == nil {
		d.topics = map[string][]Event{}
	}
	d.topics[topic] = slices.Compact(slices.Sorted(slices.Values(events)))
}

func (k *kind) topicProblems(p *declare.Problems) {
	for _, topic := range slices.Sorted(maps.Keys(k.topics)) {
		if !topicForm.MatchString(topic) {
			p.Add("%q is not the ARN of an SNS topic, such as arn:aws:sns:<region>:<account>:<topic>", topic)
		}
		for _, e := range k.topics[topic] {
			if e != EventConnect && e != EventAccept && e != EventReject && e != EventDelete {
				p.Add("the event %q of topic %s is none of Connect, Accept, Reject and Delete", e, topic)
			}
		}
	}
}

// byTopic sorts notifications out.
func byTopic(all []Notification) map[string][]Notification {
	out := map[string][]Notification{}
	for _, n := range all {
		out[n.Topic] = append(out[n.Topic], n)
	}
	return out
}

// allTopics are those that are declared and those that are there.
func (k *kind) allTopics(have map[string][]Notification) []string {
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(slices.Collect(maps.Keys(k.topics)), slices.Collect(maps.Keys(have))))))
}

// topicDeltas compares topic by topic, where any is declared.
func (k *kind) topicDeltas(all []Notification) (out []converge.Delta) {
	if k.topics == nil {
		return nil
	}
	have := byTopic(all)
	for _, topic := range k.allTopics(have) {
		var from []string
		for _, n := range have[topic] {
			from = append(from, showEvents(n.Events))
		}
		if d := delta("notification "+topic, strings.Join(from, "; "), showEvents(k.topics[topic])); d.From != d.To {
			out = append(out, d)
		}
	}
	return out
}

func showEvents(events []Event) string { return strings.Join(texts(events), ", ") }

func texts[T ~string](all []T) (out []string) {
	for _, s := range all {
		out = append(out, string(s))
	}
	return out
}

func notification(n types.ConnectionNotification) Notification {
	out := Notification{ID: aws.ToString(n.ConnectionNotificationId), Topic: aws.ToString(n.ConnectionNotificationArn)}
	for _, e := range slices.Sorted(slices.Values(n.ConnectionEvents)) {
		out.Events = append(out.Events, Event(e))
	}
	return out
}
