"""The page Sekretariat: who has access, who only reads, and who did what."""
