"""What a maintainer runs: `content` (derived tables and pages), `editions` (book, slides, site, Binder), the environment."""
