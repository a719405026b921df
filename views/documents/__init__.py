"""What can be taken home: workbooks, csv files, pictures and slides, all of the figures on the screen."""
