"""The schema's history: one linear chain of revisions, then routines and grants as they are now.

`python -m timcheh_app.revise "what changed"` writes the next revision from the models.
"""
