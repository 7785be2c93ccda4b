package fake

// ec2Face lists the modelled members of each EC2 operation.
var ec2Face = &face{service: "EC2"}
