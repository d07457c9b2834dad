"""`python -m stripper` is the command `stripper`."""

from stripper.cli import main

if __name__ == "__main__":
    main()
