"""Pure rules and arithmetic: no files, no SQL, no screen."""
