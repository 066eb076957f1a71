"""The composition root: command line, processes, migrations, demo, benchmark."""
