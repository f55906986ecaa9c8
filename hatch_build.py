"""Build hook: compiles the message catalogues and puts the top-level templates into the wheel."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Catalogues are compiled for every target; templates travel only in a real wheel.

    An editable install must not get a copy of the templates: it would go stale beside the checkout's own.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for po_path in sorted(Path(self.root, "placement", "translations").glob("*/LC_MESSAGES/*.po")):
            with po_path.open("rb") as source:
                catalogue = read_po(source)
            with po_path.with_suffix(".mo").open("wb") as target:
                write_mo(target, catalogue)
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"][str(Path(self.root, "templates"))] = "placement/templates"
