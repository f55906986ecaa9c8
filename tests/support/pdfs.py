"""A PDF file read back: what a screen reader finds in it."""

import io

import pypdf


class ReadPdf:
    """The language, title, tags and text of a PDF file."""

    def __init__(self, content: bytes) -> None:
        reader = pypdf.PdfReader(io.BytesIO(content))
        root = reader.trailer["/Root"]
        self.language = str(root["/Lang"])
        self.title = reader.metadata.title if reader.metadata is not None else ""
        self.is_accessible = bool(root["/MarkInfo"]["/Marked"]) and "pdfuaid" in _metadata(root)
        self.tags = _tags_of(root["/StructTreeRoot"], [])
        self.text = " ".join(" ".join(part.extract_text() for part in reader.pages).split())


def _metadata(root: pypdf.generic.DictionaryObject) -> str:
    return root["/Metadata"].get_object().get_data().decode()  # type: ignore[union-attr]


def _tags_of(node: object, found: list[str]) -> list[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for part in node:
            _tags_of(part, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append(str(node["/S"]))
        if "/K" in node:
            _tags_of(node["/K"], found)
    return found
