"""Uploads are held in memory and let go: no file that somebody sends is written to a disk."""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_HELD = 1024 * 1024  # bytes; the pages that read a file take far less


class Holding(FileUploadHandler):
    """Holds the first megabyte of a file. The rest is heard out, so that its sender reads an answer and not that the
    connection broke; `size` is that of the whole.
    """

    def new_file(self, *args: object, **options: object) -> None:
        super().new_file(*args, **options)  # type: ignore[arg-type]  # as Django hands them over
        self._held, self._size = BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = MOST_HELD - self._held.tell()
        self._held.write(raw_data[: max(room, 0)])
        self._size += len(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._held.seek(0)
        return InMemoryUploadedFile(
            self._held, self.field_name, self.file_name or "file", self.content_type or "", self._size, self.charset
        )
