"""Which tests may run in different processes, where pytest uses several."""

import pytest

ALONE = ("tests/checks", "tests/figures", "tests/explorers", "tests/reference", "tests/errata")
SAME_CLASSES = ("test_harms.py", "test_hidden_tests.py", "test_mistakes.py", "test_same_marks.py")


@pytest.hookimpl(tryfirst=True)  # before xdist looks for the groups
def pytest_collection_modifyitems(config, items):
    """Keep the tests of a file together where they share what is slow to make."""
    for item in items:
        path = item.path.relative_to(config.rootpath).as_posix()
        if not path.startswith(ALONE):
            group = "classes" if item.path.name in SAME_CLASSES else path
            item.add_marker(pytest.mark.xdist_group(group))
