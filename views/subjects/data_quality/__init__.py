"""Whether the figures can be trusted: the page Datagrundlag."""
