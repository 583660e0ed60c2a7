"""What five published plans say, written by hand, and how near a reader comes to it.

`files` finds the gold files and the documents, `agreement` compares a plan that was read with its gold file;
``python -m tests.plans.gold`` prints the table for all documents that can be read. README.md tells how the
files were made.
"""
