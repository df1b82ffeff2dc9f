"""Every word for people is there, in both languages, with the same variables, and is used."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.features import FEATURES
from bot.texts import Texts
from core.domain import LANGUAGES, Failure, LabelStatus, Language, State
from core.errors import CommonplaceError
from core.ingest import Step

BOT = Path(__file__).parents[2] / "bot"
HYPHENATED = re.compile(r"[a-z]+(-[a-z]+)+(\.[a-z]+)?")


@dataclass(frozen=True)
class Message:
    """One message, or one attribute of one."""

    file: str
    variables: frozenset[str]


class Variables(Visitor):
    """Collects the variables of a pattern."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


@cache
def messages(language: Language) -> dict[str, Message]:
    found: dict[str, Message] = {}
    for file in sorted((BOT / "locales" / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text("utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{file}: {entry.content}"
            if isinstance(entry, ftl.Message):
                patterns = {entry.id.name: entry.value}
                patterns |= {f"{entry.id.name}.{a.id.name}": a.value for a in entry.attributes}
                for name, pattern in patterns.items():
                    assert name not in found, f"{name} stands twice, in {file} and {found[name]}"
                    variables = Variables()
                    variables.visit(pattern)
                    found[name] = Message(file.name, frozenset(variables.names))
    return found


@cache
def strings() -> frozenset[str]:
    """Every string of the code, f-strings as patterns for `re.fullmatch`."""
    found: set[str] = set()
    for file in BOT.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        inside = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for part in node.values
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                found.add(pattern(node))
            elif isinstance(node, ast.Constant) and id(node) not in inside:
                found.add(re.escape(str(node.value)))
    return frozenset(each for each in found if re.match(r"[a-z]", each))


def pattern(node: ast.JoinedStr) -> str:
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w-]+"
        for part in node.values
    )


def spoken() -> Iterator[tuple[str, str]]:
    """Where a message is worded in the code: file and line, and the pattern of its id."""
    for file in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name not in ("say", "said", "words"):
                continue
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield f"{file.name}:{node.lineno}", re.escape(argument.value)
                elif isinstance(argument, ast.JoinedStr):
                    yield f"{file.name}:{node.lineno}", pattern(argument)


def test_both_languages_say_the_same_things():
    """Every message and attribute is there in both, but for other spellings."""
    ours, theirs = messages("zh-TW"), messages("en")

    only = {name for name in ours.keys() ^ theirs.keys() if not name.endswith(".also")}

    assert only == set()


def test_both_languages_use_the_same_variables():
    """A translation that forgets a number, or invents one, is found here."""
    ours, theirs = messages("zh-TW"), messages("en")

    differing = {
        name
        for name in ours.keys() & theirs.keys()
        if ours[name].variables != theirs[name].variables
    }

    assert differing == set()


def test_both_languages_keep_their_messages_in_the_same_files():
    """A message is looked for where its counterpart stands."""
    ours, theirs = messages("zh-TW"), messages("en")

    moved = {name for name in ours.keys() & theirs.keys() if ours[name].file != theirs[name].file}

    assert moved == set()


def test_every_message_that_the_code_words_exists():
    """An id with a typing error is found before anybody reads it."""
    known = messages("en")

    missing = {
        (place, each)
        for place, each in spoken()
        if HYPHENATED.match(each.replace("\\", ""))
        and not any(re.fullmatch(each, id_) for id_ in known)
    }

    assert missing == set()


def test_every_message_is_used():
    """Words that nothing says any more are removed."""
    # compiled here: there are more of them than the cache of `re` holds
    used = [re.compile(each) for each in strings()]

    unused = {
        name
        for name in messages("en")
        if not any(each.fullmatch(name) for each in used)
        and name.partition(".")[2] not in ("also", "argument", "about", "next", "next-in-shell")
    }

    assert unused == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_worded(language, caplog):
    """Given its variables, no message has a fault of its own."""
    texts = Texts(language)

    for name, message in messages(language).items():
        texts.say(name, **{variable.replace("-", "_"): 3 for variable in message.variables})

    assert caplog.messages == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("n", [0, 1, 2, 1000])
def test_every_number_has_its_form(language, n, caplog):
    """None, one, a few and a thousand are all said."""
    texts = Texts(language)

    for name, message in messages(language).items():
        texts.say(name, **{variable.replace("-", "_"): n for variable in message.variables})

    assert caplog.messages == []


def codes(root: type[CommonplaceError] = CommonplaceError) -> set[str]:
    return {root.code}.union(*(codes(each) for each in root.__subclasses__()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(codes()))
def test_every_error_has_a_sentence(language, code, caplog):
    """Whatever goes wrong, and however little is known about it, people get a sentence."""
    texts = Texts(language)

    sentence = texts.error(Failure(code, "English for the log", {}))

    assert texts.has(f"error-{code}")
    assert sentence
    assert "English for the log" not in sentence
    assert caplog.messages == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_its_words(language):
    """Menus and /help are made from the register, so each entry is named and explained."""
    texts = Texts(language)

    missing = [
        command.name
        for command in FEATURES.commands
        if not command.is_for_buttons
        and (
            not texts.has_attribute(f"command-{command.name}", "about")
            or (command.section and not texts.has(command.section))
        )
    ]

    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_commands_answer_to_one_name(language):
    """A name, in any spelling, belongs to one command."""
    texts = Texts(language)

    spellings = [
        word
        for command in FEATURES.commands
        for word in {command.name, *texts.words(f"command-{command.name}")}
    ]

    assert sorted(spellings) == sorted(set(spellings))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_core_enumerates_has_words(language):
    """States, steps and standings of labels are all named."""
    texts = Texts(language)

    wanted = [
        *(f"state-{state}" for state in State),
        *(f"step-{step}" for step in Step),
        *(f"label-{status}" for status in LabelStatus if status is not LabelStatus.REJECTED),
    ]

    assert [each for each in wanted if not texts.has(each)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_alone_says_what_it_says_in_its_file(language: Language):
    """Messages are parsed one by one when they are said; whole files give the same words."""
    whole = FluentBundle([language], use_isolating=False)
    for file in sorted((BOT / "locales" / language).glob("*.ftl")):
        whole.add_resource(FluentResource(file.read_text("utf-8")))
    texts = Texts(language)

    for name, message in messages(language).items():
        head, _, attribute = name.partition(".")
        parsed = whole.get_message(head)
        values = dict.fromkeys(message.variables, 3)
        expected, _ = whole.format_pattern(
            parsed.attributes[attribute] if attribute else parsed.value, values
        )
        assert texts.say(name, **values) == expected, name
