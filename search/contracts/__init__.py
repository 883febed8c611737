"""The parts of the contract of search, one property a test; `search/contract.py` puts them together."""
