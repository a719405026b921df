"""Partnerships, agreements, initiatives, meetings and decisions: kept, changed and asked for."""
