"""Confidential answers become published figures."""
