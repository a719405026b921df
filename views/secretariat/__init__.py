"""The page Sekretariat: who has access, and who only reads."""
