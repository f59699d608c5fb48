"""Who said what.

`cues` finds the words that attribute (with `verbs` and `cue_syntax`), `drafts` what the syntax gives them, `inner`
settles cues inside cues, `joining` brings in the quotations, `speakers` and `via` say who speaks and who passes it
on. `statements` runs them in this order and is the only module that others ask.
"""
