"""What took place, or was to take place, in the words of one document.

`triggers` finds the words for engagements, `parties` (with `people` and `owners`) who takes part, `circumstances`
when and where, `status` how real it is, `assertions` and `results` what the report says of it, `coreference` and
`occasions` which words mean the same engagement or a part of it. `engagements` runs them in this order and is the
only module that others ask.
"""
