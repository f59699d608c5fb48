"""Time expressions in English text: `finder` finds them, `values` closes what they leave open.

`tokens` cuts a text into classes of words, `grammar` matches rules over these, `calendar`, `quarters`, `shifts` and
`spans` hold the rules, `phrases` is what they find, `days` turns values into days. Pure functions on strings.
"""
