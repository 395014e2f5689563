"""The printed handbook: PDFs made from the model with Typst, by one template, `handbook.typ`.

`downloads.downloads` says which files there are; each is a tree of plain values (`book`,
`parallel`, `role_pack`), which `typesetting` sets. No MkDocs here.
"""
