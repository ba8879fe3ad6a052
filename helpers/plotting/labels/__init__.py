"""Where the titles of a timeline stand: boundary labelling, so that no two overlap and no two leaders cross."""
