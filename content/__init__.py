"""What the course knows of each lesson beside its notebook: what it teaches, and good solutions of its exercises."""
