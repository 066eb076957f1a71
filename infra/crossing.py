"""An import-linter contract of our own: between roots only the front doors are open.

A root package may be imported from another root only through its `facade`, `contracts` or
`events` module. The composition root also takes `module`, where a root says what it plugs in.
"""

from typing import Any

import grimp
from importlinter import Contract, ContractCheck, fields, output


class FrontDoorContract(Contract):
    """`roots`: the packages; `doors`: the modules of each that others may import.

    `composition_root` may also import `plug` of each root; its `insiders` may import anything.
    """

    type_name = "front_door"

    roots = fields.ListField(subfield=fields.StringField())
    doors = fields.ListField(subfield=fields.StringField())
    composition_root = fields.StringField()
    plug = fields.StringField()
    insiders = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        found = [
            (importer, imported)
            for imported in sorted(graph.modules)
            if (root := imported.partition(".")[0]) in set(self.roots)  # type: ignore[call-overload]
            for importer in sorted(graph.find_modules_that_directly_import(imported))
            if importer.partition(".")[0] != root and not self._may(importer, imported)
        ]
        return ContractCheck(kept=not found, metadata={"imports": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        imports: list[Any] = check.metadata["imports"]
        for importer, imported in imports:
            output.print_error(f"{importer} imports {imported}", bold=False)
        output.new_line()

    def _may(self, importer: str, imported: str) -> bool:
        if any(f"{importer}.".startswith(f"{name}.") for name in self._listed_insiders()):
            return True
        parts = imported.split(".")
        allowed = set(self.doors)  # type: ignore[call-overload]
        if importer.partition(".")[0] == str(self.composition_root):
            allowed |= {self.plug}
        return len(parts) > 1 and parts[1] in allowed

    def _listed_insiders(self) -> list[str]:
        return list(self.insiders or [])  # type: ignore[arg-type]
