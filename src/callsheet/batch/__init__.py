"""Many files at once: which they are, what is wrong with each, and in which order that is told.

`inputs` finds them, `check` looks at one, `pool` spreads them over processes, `cache` remembers those that are fine,
`users` finds the profiles that build on a file, and `sweep` puts all of it together.
"""
