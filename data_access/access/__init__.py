"""Who comes in: sessions after sign-in, invitations to roles, and links for those who only read."""
