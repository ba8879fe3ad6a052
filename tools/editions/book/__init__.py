"""``make book``: the reading edition, a static site that needs no kernel, no server and no network."""
