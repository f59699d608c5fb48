"""The ledgers of one document: agenda items, commitments, forecasts and measures, one module a noun."""
