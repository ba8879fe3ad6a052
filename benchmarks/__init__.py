"""How long the course takes."""
