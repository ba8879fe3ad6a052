"""The reading edition, the slides, the edition that runs in a browser, Binder."""
