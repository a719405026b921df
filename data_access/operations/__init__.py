"""What the operator does with the stores: sample, checks, backups, upgrades."""
