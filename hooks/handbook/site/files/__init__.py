"""What readers take along, as files for other programs: tables, questions, slides, e-books."""
