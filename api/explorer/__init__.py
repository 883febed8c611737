"""The interactive description of the API: a page of our own, so that nothing is fetched from elsewhere."""
