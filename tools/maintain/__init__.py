"""What the maintainer of the course needs now and then."""
