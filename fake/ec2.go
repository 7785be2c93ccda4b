package fake

// EC2 is an account's face for the EC2 operations of PrivateLink.
type EC2 struct{ site site }
