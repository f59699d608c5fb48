"""The record: one SQLite file. `writer` writes it, `reader` reads it, `verify` proves it; schema.sql has its shape."""
