package fake

import "github.com/seed-326366ec/aws-privatelink/fake/internal/world"

// Quotas are limits of AWS that an account can have raised; a field that is zero is AWS's default.
type Quotas = world.Quotas
