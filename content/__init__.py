"""What the course knows of each lesson beside its notebook: what it teaches, good solutions of
its exercises, the facts in its prose."""
