"""How complete and right the ledgers are, on reports whose ledgers were written by hand before any run on them."""
