"""Time expressions in English text: `finder` finds them, `values` closes what they leave open.

`tokens` cuts a text into classes of words, `grammar` matches rules over these, `calendar`, `shifts` and `spans` hold
the rules, `days` turns values into days. Pure functions on strings.
"""
