"""Measures, most of which need material from outside the tree."""
