"""The numbers that each lesson states, counted again."""
