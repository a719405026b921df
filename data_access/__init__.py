"""The two stores, and the ways in and out of them."""
