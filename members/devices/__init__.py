"""The browsers that members sign in from: who shares one, may be one person."""
