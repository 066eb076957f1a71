"""A shop looks around among samples: in a mall of its own that is closed again when it is done."""
