"""The malls, under the name by which the modules know them."""

from timcheh.malls import Mall, MallDirectory, MallInfo, read_mall

__all__ = ["Mall", "MallDirectory", "MallInfo", "read_mall"]
