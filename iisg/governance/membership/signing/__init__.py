"""Electronic signatures in PDFs that applicants send in, looked at by a process of its own."""
