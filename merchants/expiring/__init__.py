"""Value that is about to expire: its members are told, some days before."""
