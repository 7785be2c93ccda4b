package recipe

// For tests of what terminals are shown.
var Watch, WatchAll = watch, watchAll
