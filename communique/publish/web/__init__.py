"""The reading room: a local web page where a record is read, checked and corrected (``communique serve``).

`desk` answers what pages ask by looking it up in SQLite, `choose` finds which rows a list shows, `views` say what is on
each page, `data` gives the same as JSON and CSV; `guard` lets in only whom the server was started for, `app` puts it
together, `run` serves it. Templates, words and marks are those of the static site (`publish.site`)."""
