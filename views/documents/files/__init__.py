"""Sections and listings as files: workbooks, csv, slides, Word, and the buttons that offer them."""
