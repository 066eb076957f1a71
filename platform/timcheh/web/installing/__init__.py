"""The member's app as something to install: manifest, icons, worker, and a page for no network."""
