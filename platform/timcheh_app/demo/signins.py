"""Who can sign in where: printed by `timcheh demo`, and kept so that the next start can repeat it.

The keys' texts exist nowhere else (the database keeps only their hashes), so the file lies in the
data directory with mode 0600.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

FILE_NAME = "demo.json"


@dataclass(frozen=True, slots=True)
class SignIn:
    """A person, the page where they sign in, and how. No password: a code comes by SMS."""

    who: str
    path: str
    mobile: str
    password: str | None


@dataclass(frozen=True, slots=True)
class Key:
    """An API key and whose it is."""

    whose: str
    text: str


@dataclass(frozen=True, slots=True)
class SignIns:
    """Everything that a visitor of the demo needs to come in."""

    mall: str
    people: tuple[SignIn, ...]
    keys: tuple[Key, ...]

    def save(self, directory: Path) -> None:
        """Writes the file anew, readable by its owner alone."""
        target = directory / FILE_NAME
        draft = target.with_suffix(".new")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(asdict(self), file, ensure_ascii=False, indent=1)
        draft.replace(target)

    @classmethod
    def load(cls, directory: Path) -> "SignIns | None":
        """What `save` wrote, or None."""
        file = directory / FILE_NAME
        if not file.exists():
            return None
        found = json.loads(file.read_text("utf-8"))
        return cls(
            found["mall"],
            tuple(SignIn(**each) for each in found["people"]),
            tuple(Key(**each) for each in found["keys"]),
        )

    def lines(self, base_url: str) -> Iterator[str]:
        """For people to read. `base_url` has no slash at its end."""
        yield f"{self.mall} is open at {base_url}"
        yield ""
        for person in self.people:
            yield f"  {person.who}"
            yield f"    {base_url}{person.path}"
            if person.password is None:
                yield f"    mobile {person.mobile} · the code appears at {base_url}/dev/inbox"
            else:
                yield f"    mobile {person.mobile} · password {person.password}"
        yield ""
        yield f"  API keys (documentation at {base_url}/api/v1/docs)"
        for key in self.keys:
            yield f"    {key.whose}: {key.text}"
        yield ""
