"""Forty pages in the shapes of common publishing systems: body, title, author and day, ours beside trafilatura's."""
