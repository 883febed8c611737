"""Business capabilities on top of graph and search, one folder each; `supervision` finds contradictions."""
