"""Every performance claim as a command: `make bench`.

A claim is a ratio of two figures that are measured in the same run, in turns, so that a slow or busy
machine moves both. The median of the rounds counts; the spread is printed beside it.
"""
