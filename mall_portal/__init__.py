"""The mall administrators' side: bringing shops on board, keys."""
