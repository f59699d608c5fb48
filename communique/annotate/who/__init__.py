"""Who is who in one document.

`names` finds proper names (with `gazetteer`, `instruments`, `persons`), `offices` the offices beside them,
`referents` what the names mean, `pronouns`, `descriptions` and `plurals` who is meant without a name. `actors` runs
them in this order and is the only module that other annotators ask.
"""
