"""Names of organisations, understood: their parts, foreign and short forms, and what is easily mistaken in them."""
