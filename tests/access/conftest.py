"""A dashboard that people sign in to, for the tests of this folder."""

from tests.signed_in import provider, server, store_of_own

__all__ = ["provider", "server", "store_of_own"]
