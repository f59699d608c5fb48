"""How complete and right the engagements are, on reports whose engagements were written down before any run on them."""
