"""The version of the program. Part of what identifies a run: raise it whenever rules change what a report yields."""

VERSION = "0.5.0"
