"""Reading texts: segmentation, and the components that find mentions and relations in them."""
