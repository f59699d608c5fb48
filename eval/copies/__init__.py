"""Pairs of reports that are copies or versions of one text, or are not; and how many of them are told apart."""
