package fake

// ELBv2 is an account's face for Elastic Load Balancing v2.
type ELBv2 struct{ site site }

var elbFace = &face{service: "Elastic Load Balancing v2"}
