"""Taking the SHA-256 of an upload as it arrives: nothing of the file is kept, in memory or on a disk."""

from hashlib import sha256

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

LARGEST = 20  # megabytes; an issued document has some tens of kilobytes
HEARD_OUT = 300 * 1024 * 1024


class Hashed(UploadedFile):
    """What remains of an upload: its size in bytes and its SHA-256 (hex); none for one that is too large to matter."""

    def __init__(self, size: int, digest: str = "") -> None:
        super().__init__(name="file", size=size)
        self.digest = digest


class Hashing(FileUploadHandler):
    """Hashes each piece of a file and lets it go. What is past the largest size is heard out, so that its sender reads
    an answer and not that the connection broke.
    """

    def new_file(self, *args: object, **options: object) -> None:
        super().new_file(*args, **options)  # type: ignore[arg-type]  # as Django hands them over
        self._hash, self._size = sha256(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size <= LARGEST * 1024 * 1024:
            self._hash.update(raw_data)

    def file_complete(self, file_size: int) -> Hashed:
        is_whole = self._size <= LARGEST * 1024 * 1024
        return Hashed(self._size, self._hash.hexdigest() if is_whole else "")


def received(request: HttpRequest) -> tuple[QueryDict, MultiValueDict]:
    """What was posted: its fields, and its files as `Hashed`. Of what is far too large nothing is read at all."""
    announced = request.META.get("CONTENT_LENGTH") or ""
    size = int(announced) if announced.isdecimal() else 0
    if size > HEARD_OUT:
        return QueryDict(), MultiValueDict({"file": [Hashed(size)]})
    request.upload_handlers = [Hashing(request)]
    return request.POST, request.FILES
