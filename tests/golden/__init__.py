"""The whole record of the example reports as text that a person reads. See `digest` and `rewrite`."""
