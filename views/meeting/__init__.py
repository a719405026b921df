"""The page Møde: the agenda before, the minutes after; what is on the wall meanwhile is views/stage."""
