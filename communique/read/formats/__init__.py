"""One module a format: a text out of bytes (`pdf`, `docx`), or members out of a container (`archive`, `feed` …).

All of it runs in the cage (`read.cage`) and nowhere else; none of it opens a file or a connection.
"""
