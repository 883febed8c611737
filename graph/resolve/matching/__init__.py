"""Whether two records mean one enterprise: candidates, evidence, probability, verdict and the reasons in words."""
