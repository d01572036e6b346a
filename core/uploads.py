"""Files on their way in: of each no more is kept than shows that it is too large, whatever is sent."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Like Django's, but the disk holds at most MAX_FILE_BYTES and one byte of each file.

    The file says its true size, so that the form can tell the sender what was wrong; the text beside it is kept.
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.room = settings.MAX_FILE_BYTES + 1

    def receive_data_chunk(self, raw_data, start):
        self.file.write(raw_data[: self.room])
        self.room -= min(self.room, len(raw_data))
