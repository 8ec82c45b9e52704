"""`python -m helpcenter.cli`, which is how the supervisor starts its children."""

from helpcenter.cli import main

if __name__ == "__main__":
    main()
