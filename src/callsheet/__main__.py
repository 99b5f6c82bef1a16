"""`python -m callsheet`, and the program that pip installs; Ctrl-C ends them without a word while they load as well."""


def run() -> None:
    """Run one command as a process of its own."""
    try:
        from callsheet.cli import script
    except KeyboardInterrupt:
        import os

        os._exit(130)
    script()


if __name__ == "__main__":
    run()
