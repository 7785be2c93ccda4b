package fake

import (
	"reflect"

	"github.com/aws/smithy-go/middleware"
)

// deepCopy copies an SDK struct with all that it points to, as sending it over the wire would.
func deepCopy[T any](v *T) *T {
	if v == nil {
		return nil
	}
	out := new(T)
	*out = *v
	unshare(reflect.ValueOf(out).Elem())
	return out
}

// copyOf is deepCopy for a pointer of any type.
func copyOf(v any) any {
	p := reflect.ValueOf(v)
	if p.Kind() != reflect.Pointer || p.IsNil() {
		return v
	}
	out := reflect.New(p.Type().Elem())
	out.Elem().Set(p.Elem())
	unshare(out.Elem())
	return out.Interface()
}

// unshare gives a value that was copied shallowly its own copies of what it points to. Unexported fields stay shared: the SDK's structs
// have none that is changed in place.
func unshare(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		if m, ok := v.Addr().Interface().(*middleware.Metadata); ok {
			*m = m.Clone()
			return
		}
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				unshare(f)
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			fresh := reflect.New(v.Type().Elem())
			fresh.Elem().Set(v.Elem())
			unshare(fresh.Elem())
			v.Set(fresh)
		}
	case reflect.Slice:
		unshareSlice(v)
	case reflect.Map:
		unshareMap(v)
	}
}

func unshareSlice(v reflect.Value) {
	if v.IsNil() {
		return
	}
	fresh := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	reflect.Copy(fresh, v)
	for i := range fresh.Len() {
		unshare(fresh.Index(i))
	}
	v.Set(fresh)
}

func unshareMap(v reflect.Value) {
	if v.IsNil() {
		return
	}
	fresh := reflect.MakeMapWithSize(v.Type(), v.Len())
	for it := v.MapRange(); it.Next(); {
		elem := reflect.New(v.Type().Elem()).Elem()
		elem.Set(it.Value())
		unshare(elem)
		fresh.SetMapIndex(it.Key(), elem)
	}
	v.Set(fresh)
}
