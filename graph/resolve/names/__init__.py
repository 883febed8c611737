"""Names of organisations, understood: their parts, their foreign and short forms, and what is easily mistaken in them."""
