"""What documents are called in general words. Each app names its own kinds when it starts."""

NAMES: dict[str, str] = {}


def register(kind: str, name: str) -> None:
    """Give a kind of document its name: "Progress review". Strangers are told it, so it may say nothing of anybody."""
    NAMES[kind] = name


def name_of(kind: str) -> str:
    """The name of a kind; one that no app names any more is a document."""
    return NAMES.get(kind, "Document")
