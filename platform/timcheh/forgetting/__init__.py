"""Taking a person out of what is kept: what everyone who forgets them needs to know of them."""

from timcheh.forgetting.service import Person, forget_in_kernel, run_each

__all__ = ["Person", "forget_in_kernel", "run_each"]
