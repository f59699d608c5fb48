"""The record as a static site. `build` writes it; `shelf` reads the record, `lists` and `pages` say what is on each
page, `text` sets documents with their marks, `words` says dates and states in English, `folder` puts it on the disk
whole."""
