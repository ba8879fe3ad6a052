"""A hub for a class: JupyterHub with the course in it, and a plan of what it needs."""
