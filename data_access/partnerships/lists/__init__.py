"""What the pages list: initiatives, agreements, decisions, meetings."""
