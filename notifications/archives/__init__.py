"""Archives of mailing lists, in and out: files become threads and posts, and threads become a file again.

The way in, in order: `mbox` finds the mails of any kind of archive, `heads` and `dates` read what their headers say,
`stage` keeps that in a small database beside the import, `threading` decides what hangs under what, `contents` reads
a mail's text and files (in several processes), and `importer` writes thread by thread. `exporter` is the way out.
"""
