"""The stack's own command line and database, for what no page does."""

import subprocess


def tool(settings, *arguments):
    """Runs the command line with the environment of the stack."""
    script = '. "$1" && shift && exec "$@"'
    return ran(["sh", "-euc", script, "sh", settings["environment"], settings["tool"], *arguments])


def sql(settings, statement):
    """Runs a statement as the superuser."""
    return ran(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", settings["database"], "-c", statement])


def ran(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
