package fake_test

import (
	"math/rand/v2"
	"reflect"
	"strings"
)

// apt fills inputs with what may stand there: IDs of the right kind, the values of a type, few members at a time.
type apt struct {
	*rand.Rand
	words   []string
	foreign map[string]bool
}

// aptFor is how the words begin that may stand in a member whose name ends so.
var aptFor = []struct{ member, prefix string }{
	{"Filters.Name", "vpc-id"}, {"Filters.Value", "vpc-0"}, {"VpcEndpointId", "vpce-0"}, {"VPCId", "vpc-"}, {"VpcId", "vpc-"}, {"ServiceId", "vpce-svc-"}, {"ServiceName", "com.amazonaws"}, {"SubnetId", "subnet-"}, {"GroupId", "sg-"},
	{"RouteTableId", "rtb-"}, {"HostedZoneId", "/hostedzone/"}, {"Id", "/hostedzone/"}, {"Arn", "arn:aws:elasticloadbalancing"}, {"Resource", "vpc"}, {"Principal", "arn:aws:iam"},
	{"Region", "us-east-1"}, {"DomainName", "a.example"}, {"Name", "www.a.example"}, {"Value", "1.2.3.4"}, {"Cidr", "10."}, {"CidrBlock", "10."}, {"Token", "token"},
}

func (a *apt) members(v reflect.Value, path string) {
	for i := range v.NumField() {
		name := path + "." + v.Type().Field(i).Name
		if v.Field(i).CanSet() && !a.foreign[name] && a.IntN(8) < a.often(name) {
			a.fill(v.Field(i), name)
		}
	}
}

// often is in how many of eight inputs a member is set: what needs an ID needs it mostly, and most pages are first ones.
func (a *apt) often(path string) int {
	switch own := path[strings.LastIndexByte(path, '.')+1:]; {
	case own == "DryRun" || own == "NextToken" || own == "Marker":
		return 0
	case strings.Count(path, ".") > 1 || own == "Tags" || own == "Attribute":
		return 7
	}
	for _, k := range aptFor {
		if strings.HasSuffix(strings.TrimSuffix(path, "s"), k.member) {
			return 6
		}
	}
	return 2
}

func (a *apt) fill(v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		a.fill(v.Elem(), path)
	case reflect.Slice:
		n := 1 + a.IntN(2)
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			a.fill(v.Index(i), path)
		}
	case reflect.Struct:
		a.members(v, path)
	case reflect.String:
		v.SetString(a.word(v, path))
	case reflect.Bool:
		v.SetBool(a.IntN(2) == 0)
	case reflect.Int32, reflect.Int64:
		v.SetInt(int64(5 + a.IntN(300)))
	}
}

func (a *apt) word(v reflect.Value, path string) string {
	if values := v.MethodByName("Values"); values.IsValid() {
		all := values.Call(nil)[0]
		return all.Index(a.IntN(all.Len())).String()
	}
	for _, k := range aptFor {
		if !strings.HasSuffix(strings.TrimSuffix(path, "s"), k.member) {
			continue
		}
		var fit []string
		for _, w := range a.words {
			if strings.HasPrefix(w, k.prefix) {
				fit = append(fit, w)
			}
		}
		if len(fit) > 0 {
			return fit[a.IntN(len(fit))]
		}
	}
	return a.words[a.IntN(len(a.words))]
}
