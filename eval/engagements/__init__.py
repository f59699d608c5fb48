"""How complete and right the engagements are, on reports whose engagements were written by hand before any run on them."""
