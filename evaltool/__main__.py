"""Run the command line as ``python -m evaltool``."""

from evaltool.cli import main

main()
