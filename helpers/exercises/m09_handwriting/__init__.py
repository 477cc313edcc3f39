"""Handwriting.

Small exercises have small numbers, so that calls can be pasted. The last one trains on real
digits, and is judged by how its network reads rows that it never saw.
"""
