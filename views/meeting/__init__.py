"""The page Møde: the agenda before, the wall meanwhile (`stage`), the minutes after."""
