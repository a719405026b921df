"""How the address says which meeting is meant, and which part of it is shown."""

MEETING, PART = "moede", "moededel"
AGENDA = "dagsorden"
STAGE = "skaerm"
MINUTES = "referat"
