"""The course as nbgrader sees it. Every setting that is not obvious says why."""

from nbconvert.preprocessors import ClearMetadataPreprocessor, CSSHTMLHeaderPreprocessor
from nbgrader import preprocessors as nbgrader

from helpers.course.nbgrader import autograde, formgrader
from helpers.course.nbgrader.collect import Collect
from helpers.course.nbgrader.feedback import HideTests, Summarize
from helpers.course.nbgrader.handing_back import ReleaseFeedback
from helpers.course.nbgrader.page import AddStyle, CleanPage, Tidy
from helpers.course.nbgrader.release import StubAnswers, TagExercises
from helpers.course.nbgrader.stages import AnyNotebook, ExecuteToTheEnd, Harmless, RepairSubmission

c = get_config()  # noqa: F821 (traitlets defines it)

c.CourseDirectory.course_id = "backprop-by-hand"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "*.md", ".graded.json"]
c.IncludeHeaderFooter.enabled = False
c.ExchangeFactory.collect = Collect  # an exchange folder holds what students put there
c.ExchangeFactory.release_feedback = ReleaseFeedback  # one student's files stop nobody else's
c.ExchangeSubmit.strict = True  # a notebook with another name would be left without marks

c.GenerateAssignment.preprocessors = [
    nbgrader.LockCells,
    StubAnswers,
    nbgrader.ClearOutput,
    nbgrader.CheckCellMetadata,
    nbgrader.ComputeChecksums,
    nbgrader.SaveCells,
    nbgrader.ClearHiddenTests,
    nbgrader.ClearMarkScheme,
    nbgrader.ComputeChecksums,
    nbgrader.CheckCellMetadata,
    TagExercises,
]

# A submission that nbgrader cannot read, or that stops it, would be left without marks.
c.Autograde.exporter_class = AnyNotebook
c.Autograde.sanitize_preprocessors = [
    RepairSubmission,
    nbgrader.ClearOutput,
    nbgrader.OverwriteKernelspec,
    nbgrader.OverwriteCells,
    nbgrader.CheckCellMetadata,
]
c.Autograde.autograde_preprocessors = [
    ExecuteToTheEnd,  # only where a setting says that student code runs as you
    nbgrader.IgnorePattern,
    ClearMetadataPreprocessor,
    nbgrader.LimitOutput,
    nbgrader.SaveAutoGrades,
    nbgrader.AssignLatePenalties,
    nbgrader.CheckCellMetadata,
    Harmless,  # whoever opens what is graded is an instructor
]
c.Execute.timeout = 120  # seconds for one cell; a check stops an endless answer well before

# The feedback shows the autograded notebook, where the hidden tests are back in place.
c.GenerateFeedback.exporter_class = CleanPage
c.GenerateFeedback.preprocessors = [
    nbgrader.GetGrades,
    HideTests,
    Tidy,
    Summarize,
    CSSHTMLHeaderPreprocessor,
    AddStyle,
]

autograde.guard()  # `nbgrader autograde` and Formgrader's button grade behind the wall
formgrader.guard()  # its pages run no script but their own, and show cleaned notebooks only
