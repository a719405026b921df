"""Answer sheets and counts: read by import, release, audit and retention only, never by a page."""
