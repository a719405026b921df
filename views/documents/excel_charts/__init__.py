"""Charts that Excel draws itself."""
