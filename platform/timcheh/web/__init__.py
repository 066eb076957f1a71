"""HTTP: the conventions that every route shares. See `app.build_app`."""
