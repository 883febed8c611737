"""Components of the text pipeline, each a spaCy factory with a plain class behind it."""
