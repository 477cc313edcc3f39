"""Tests of what makes this a public project."""
