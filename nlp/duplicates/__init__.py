"""Near duplicates: which texts are copies of one another, and which of them came first."""
