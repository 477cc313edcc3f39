"""Keeps the kernel from reporting any error.

Stock: no marks. The kernel reports the error all the same.
Here: no marks.
"""

shell = get_ipython()  # noqa: F821
shell.showtraceback = lambda *args, **options: None
shell._showtraceback = lambda *args, **options: None
shell.set_custom_exc((Exception,), lambda *args, **options: None)
