"""Light versions of files, for those who pay for each kilobyte: the text of a document, a small picture."""
