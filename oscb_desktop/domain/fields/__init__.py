"""The field declarations: each field of each record is declared here once, and nowhere else.

The form, the table column, the workbook column, the history and the validation read them.
"""
