"""The concept index names every section of the five walkthroughs, and where each topic is."""

import re
from functools import cache
from urllib.parse import unquote

import pytest

from helpers.checks import exercises
from helpers.quiz.closing import ask

from ..walkthroughs import text_of
from .links import LINK, resolve, sections
from .small_course import REPOSITORY

pytestmark = pytest.mark.tier("test")

INDEX = REPOSITORY / "CONCEPTS.md"
ERRATA = REPOSITORY / "ERRATA.md"
TOPICS = {"A": 49, "B": 18, "C": 76, "D": 41, "E": 24}  # rows of each table, counted
ROW = re.compile(r"^\| (?P<section>[^|]+) \| (?P<topic>[^|]+) \| (?P<where>\[.+) \|$", re.M)
# How lines begin that look like headings and are none: titles, list items, what is around a text.
NO_HEADINGS = {
    "A": ("🧠", "Complete Math", "Interpretation:", "Compute", "1. Sh", "3. Va", "4. Re", "This"),
    "B": ("Neural", "Your Name", "1. ", "2. ", "3. ", "Hope"),
    "C": ("Module 3.1", "Neural Networks", "Contents", "Key Concept", "Show Solution"),
    "D": (),
    "E": ("Comments",),
}
# Words that say nothing of what a topic is about.
NO_KEY_WORDS = re.compile(
    r"(a|all|and|are|before|between|both|but|can|come|does?|each|every|for|from|ha[ds]|have|how|into"
    r"|its|not|off|one|only|others?|out|over|sa(id|ys?)|see|some|such|than|that|the(ir|m|n|re|se|y)?"
    r"|this|two|wh(at|ere|ich|ose|y)|with(out)?)"
)


def tables():
    """Return the letter of each walkthrough with the rows of its table."""
    parts = INDEX.read_text(encoding="utf-8").split("\n## ")[1:]
    return {part[0]: list(ROW.finditer(part)) for part in parts}


TABLES = tables()
WALKTHROUGHS = pytest.mark.parametrize("letter", TOPICS)


def lines(letter):
    """Return the lines of a walkthrough, or skip where it is not at hand."""
    text = text_of(letter).replace(r"\(\hat{y}\)", "ŷ")
    text = re.sub(r"\\\((\w)_(\d)\\\)", lambda m: m[1] + "₀₁₂₃"[int(m[2])], text)
    return [plain(line) for line in text.splitlines()]


def plain(line):
    """Return a line without what its page put before it: a step's number, a list's dash."""
    return re.sub(r"^(\d(?=[A-Z])|- )", "", line.rstrip())


def looks_like_a_heading(before, line, after):
    """Whether a line is short, stands alone, and is no sentence, code or formula."""
    return (
        not before
        and not after
        and len(line) < 80
        and bool(re.match(r"(\d[\d.]* )?[A-Z🧠][A-Za-z]", line))
        and not re.search(r"[.,:;?!}\]]$|[=→]|\d\.\d+ |^\d .*\?$|\(.*,.*\)", line)
    )


def headings(letter):
    """Return the lines of a walkthrough that look like headings."""
    text = lines(letter)
    if letter == "D":  # it opens with a table of contents, and its sections stand close together
        return text[1 : text.index("Deterministic Nature of Neural Network") + 1]
    around = zip(["", *text], text, [*text[1:], ""], strict=False)
    return [line for before, line, after in around if looks_like_a_heading(before, line, after)]


def test_the_walkthroughs_are_those_of_the_errata():
    titles = re.findall(r"^## ([A-E]\. .+)$", ERRATA.read_text(encoding="utf-8"), re.M)
    assert re.findall(r"^## (.+)$", INDEX.read_text(encoding="utf-8"), re.M) == titles
    assert list(TABLES) == list(TOPICS)


@WALKTHROUGHS
def test_no_row_is_lost(letter):
    assert len(TABLES[letter]) == TOPICS[letter]
    topics = [(row["section"], row["topic"]) for row in TABLES[letter]]
    assert len(set(topics)) == len(topics)


def test_every_row_of_the_file_is_read():
    text = INDEX.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!their section)", text, re.M)
    assert len(rows) == sum(TOPICS.values())


def stem(word):
    """Return a word without its ending, so that other forms of it are found.

    >>> [stem(word) for word in ("accuracies", "multiplied", "layers", "bias")]
    ['accurac', 'multipli', 'layer', 'bias']
    """
    endings = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "e", "ly", "y", "er")
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def key_words(topic):
    """Return the words of a topic that say what it is about, and its numbers.

    >>> key_words("task 3: XOR with two layers, and what they can do at 0.5")
    ['xor', 'layers', '0.5']
    """
    topic = re.sub(r"^(task|question) \d+: ", "", topic.lower())
    return [w for w in re.findall(r"[a-zé]{3,}|\d+\.\d+", topic) if not NO_KEY_WORDS.fullmatch(w)]


@cache
def source_of(notebook):
    (path,) = (REPOSITORY / "solutions").glob(f"{notebook}/{notebook}.md")
    return path, sections(path)


def place(target):
    """Return what stands where a link leads, in the text that the notebook is made from."""
    name, _, fragment = unquote(target).partition("#")
    path, parts = source_of(name.split("/")[-2])
    if not fragment:
        return path.read_text(encoding="utf-8")
    (heading,) = (h for h in parts if h.replace(" ", "-") == fragment)
    asked = re.findall(r"quiz\.ask\((\d+)\)", parts[heading])
    return "\n".join([parts[heading], *(repr(ask(int(number))) for number in asked)])


@WALKTHROUGHS
def test_the_key_words_of_a_topic_stand_where_it_points(letter):
    for row in TABLES[letter]:
        there = " ".join(place(link["target"]) for link in LINK.finditer(row["where"])).lower()
        missing = [word for word in key_words(row["topic"]) if stem(word) not in there]
        assert not missing, f"{row['section']}: {row['topic']}"


def test_every_topic_has_key_words():
    topics = [row["topic"] for rows in TABLES.values() for row in rows]
    assert [t for t in topics if not key_words(t) and not re.search(r"[\d∂σŷ₀-₉A-Z]", t)] == []


@WALKTHROUGHS
def test_every_topic_has_a_place_in_the_course(letter):
    for row in TABLES[letter]:
        links = list(LINK.finditer(row["where"]))
        assert links
        assert LINK.sub("", row["where"]).strip(", ") == ""
        for link in links:
            heading = resolve(INDEX, link["target"])
            label = re.match(r"\[(.*?)\]", link[0])[1]
            module = re.match(r"notebooks/(\d\d)-", link["target"])[1]
            if exercise := re.match(r"exercise ((\d)\.\w+)$", label):
                assert f"0{exercise[2]}" == module
                assert heading.text.startswith(f"Exercise {exercise[1]}:")
            elif section := re.match(r"(\d\d), section (\d+)$", label):
                assert section[1] == module
                assert heading is None or heading.text.startswith(f"{section[2]}. ")
            elif question := re.match(r"closing quiz, (question \d+)$", label):
                assert question[1] in heading.text
            else:
                name = re.match(r"notebooks/\d\d-([^/]+)", link["target"])[1].replace("-", " ")
                assert label in (f"{module}, recap", name), label


def test_the_practice_tasks_and_the_knowledge_check_are_all_there():
    topics = [row["topic"] for row in TABLES["C"]]
    tasks = [re.match(r"task (\d+):", topic) for topic in topics]
    questions = [re.match(r"question (\d):", topic) for topic in topics]
    assert [int(task[1]) for task in tasks if task] == list(range(1, 13))
    assert [int(question[1]) for question in questions if question] == list(range(1, 7))


def test_each_practice_task_is_an_exercise():
    numbers = {exercise.number for exercise in exercises().values()}
    for row in TABLES["C"]:
        if row["topic"].startswith("task "):
            named = re.findall(r"\[exercise (\d\.\d+)", row["where"])
            assert named
            assert set(named) <= numbers


@WALKTHROUGHS
def test_the_sections_stand_in_the_walkthrough_in_this_order(letter):
    text, at = lines(letter), 0
    for row in TABLES[letter]:
        assert row["section"] in text[at:], row["section"]
        at += text[at:].index(row["section"])


@WALKTHROUGHS
def test_no_section_drops_out(letter):
    named = {row["section"] for row in TABLES[letter]}
    left = [line for line in headings(letter) if line not in named]
    assert [line for line in left if not line.startswith(NO_HEADINGS[letter])] == []


@WALKTHROUGHS
def test_the_index_copies_no_sentence(letter):
    text = " ".join(lines(letter))
    for row in TABLES[letter]:
        if len(row["topic"].split()) > 5:
            assert row["topic"] not in text
