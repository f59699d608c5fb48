"""Measures that need material from outside the tree."""
