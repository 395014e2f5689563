"""The printed handbook: PDFs made from the model with Typst, books and training packs.

`downloads.downloads` says which files there are; each is a tree of plain values (`book`,
`role_pack`), which `presses` have printed: `typesetting` sets it by a template (`words.typ`, then
`design.typ` and `book.typ`, or `pack.typ`), `finished` finishes it. No MkDocs here.
"""
