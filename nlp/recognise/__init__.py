"""The trained recogniser: features of characters, weights in arrays, decoding."""
