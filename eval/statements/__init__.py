"""How far statements can be trusted: shares of right rows by rule, and the classes of what is missed."""
