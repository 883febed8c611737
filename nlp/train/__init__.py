"""Commands that train the models of `nlp/models` and measure them; nothing here runs in the product."""
