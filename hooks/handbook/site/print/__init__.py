"""The printed handbook: PDFs made from the model with Typst, books and training packs.

`downloads.downloads` says which files there are; each is a tree of plain values (`book`,
`role_pack`), which `typesetting` sets by a template (`design.typ` and `book.typ`, `pack.typ`)
and `finished` finishes. No MkDocs here.
"""
