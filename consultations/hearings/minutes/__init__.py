"""The minutes of a hearing: its record as plain values, made of journal and tables, and as a paper in six languages.

`facts` gathers everything once, when the record is published; `sources` says what each noun has to tell, each in a
module of its own; `sentences` says a paragraph in the language of the reader, `sheet` makes the paper of it. Words that
somebody said stay as they were said.
"""
