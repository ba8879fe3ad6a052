"""Starts a student's server. `make hub` may write this file anew."""

import sys

# An optional part of jsonschema: it builds a grammar when it is imported, which takes each server 1.5 seconds of a processor
# and 16 MB. It checks addresses with letters of other scripts, which no message of Jupyter has.
sys.modules["rfc3987_syntax"] = None

import jupyterlab.commands  # noqa: E402

# Else each start asks yarn, in Node.js, for an address that only who installs extensions needs: 0.5 seconds of a processor.
jupyterlab.commands._yarn_config = lambda logger: {"yarn config": {}}

from jupyterhub.singleuser import main  # noqa: E402

main()
