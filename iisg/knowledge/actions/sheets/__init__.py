"""Sheets as CSV or workbooks: read by `reading`, described by `headers`, written by `writing`; light by itself."""
