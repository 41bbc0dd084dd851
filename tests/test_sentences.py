"""Sentence splitting: where sentences end, what they are on the page, and that any text is taken."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltool.model import Document, Role
from evaltool.sentences import LONGEST_SENTENCE, split

ROOT = Path(__file__).parent.parent
NOTHING = "\u200b\u2060\ufeff"  # no width, nothing to read


def sentences(text: str, language: str = "en") -> list[str]:
    return [span.of(text) for span in split(text, language=language).sentences]


def roles(text: str) -> list[tuple[str, Role]]:
    document = split(text)
    return [(span.of(text), role) for span, role in zip(document.sentences, document.roles, strict=True)]


def check(document: Document) -> None:
    """What holds for every text."""
    end = 0
    for span in document.sentences:
        assert end <= span.start < span.end <= len(document.text)
        assert span.end - span.start <= LONGEST_SENTENCE
        assert span.of(document.text) == span.of(document.text).strip()
        assert all(c.isspace() or c in NOTHING for c in document.text[end : span.start])
        end = span.end
    assert all(c.isspace() or c in NOTHING for c in document.text[end:])
    assert len(document.roles) == len(document.sentences)
    starts = {span.start for span in document.sentences}
    assert list(document.glued) == sorted(set(document.glued) & starts)
    assert not any(document.text[offset - 1].isspace() for offset in document.glued)


@pytest.mark.parametrize(
    "marked",
    [
        "The pump failed. | Nobody noticed. | Why? | It was night!",
        # abbreviations, initials, figures
        "Dr. Osei of Marlow Inc. said so. | Clerks left.",
        "The U.N. said no. | It left.",
        "She works for the U.S. Army. | He works for the U.S. | The pay is low.",
        "No. 7 is shut. | He met J. K. Marlow and George W. Tull. | No. | He stayed.",
        "They met at 5 p.m. on Friday. | The talks ran until 9 p.m. | Then they slept.",
        "It starts at 10 p.m. Eastern time. | At 5 p.m. Dockers walked out.",
        "It fell by 3.5 points, e.g. in Rome, i.e. not here. | Costs rose (approx. £4) and so on.",
        "He came on Jan. 5 and left on Feb. 3. | See p. 5 and Fig. 2. | Then go.",
        "The St. Louis team met the Mt. Fuji team vs. Prof. Dr. Ada Lund. | Nobody won.",
        "The wall is six ft. | Nobody can climb it.",
        "He lives on 5 Main St. in Troy. | She moved to Washington, D.C. | In May she left.",
        "Wait ... and see... and learn. | He waited... | Then he left.",
        "Karim al -Haddad left. | Nobody followed.",
        # quotes and brackets
        "“Why?” he asked. | “Go! | Now!” she said.",
        "“I see a cat. | It is big,” he said. | He left.",
        "“I see.” | He left.",
        '"I see." | He left. | "Why?" Jane Marlow asked. | Nobody knew.',
        "Leader Ann Poe said: “We are here.” | Then she left.",
        "(It was late.) | He left (at last). | She stayed.",
        "It is incredible. | (laughter) Then he went on.",
        "« Bonjour ! » dit-il. | « Oui. » | Il part.",
        "»Ja.« | Er ging. | „Gut.“ | Sie blieb.",
        # lists and carelessness
        "Do this: | • one | • two",
        "The work is done. | it took three weeks.",
        "Will that do? | iPhones sold well.",
    ],
)
def test_boundaries(marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "他走了。|她来了！|“你好吗？”|很好。",
        "我们去吧!|好的。",
        "هل وصل؟| نعم وصل اليوم.| انتهى الأمر۔|حسنا",
        "वह गया।|वह आया।| अंत",
    ],
)
def test_scripts_without_spaces(marked: str) -> None:
    text = marked.replace("|", "")
    assert sentences(text, "zh") == [part.strip() for part in marked.split("|")]
    assert split(text).glued == ()


def test_ordinals_depend_on_the_language() -> None:
    assert sentences("Er kam am 3. Oktober an. Dann ging er.", "de") == ["Er kam am 3. Oktober an.", "Dann ging er."]


@pytest.mark.parametrize(
    "marked",
    [
        "The plan was dropped after a long consultation.|Wisniewski said he was sorry.",
        "It grew by 4.99% over the year.|The rest was lost.",
        "He said it again and again.|“I will go,” she told him.",
        'He said "I will go."|She went to the meeting with him.',
        "Did nobody see the water rise?|Officials would not say.",
        "A clerk in the town told the paper on Monday|Thousands of people were fleeing, by all accounts.",
        "Many people left the region|The army said it had no plans to stay.",
        "The crowd was driven off with batons|Officials would not say by whom.",
        "She called it a “massacre”|The army denied that and went home.",
        "The shops were shut in London.|Residents said they were glad.",
        "All of them were shut in London|Hundreds of commuters were stranded.",
    ],
)
def test_glued(marked: str) -> None:
    text = marked.replace("|", "")
    assert sentences(text) == marked.split("|")
    assert split(text).glued == (marked.index("|"),)


@pytest.mark.parametrize(
    "text",
    [
        "We use Node.js and example.com and Example.Com every day for the paper.",
        "The staff of www.Marlow.Com and of the U.S.Army met J.K.Marlow on Friday.",
        "According to Kontur.Fokus data, in the last three years it was closed.",
        "They asked whether DeepMind could build it, and LaTeX was used by them.",
        "An iPhone and a YouTube channel of McDonald and FitzGerald were found on eBay with JavaScript.",
        "He said that OceanGate was in trouble and that it had failed again.",
        "The rooms of teamLab at the new hall were open to all of them.",
        "We call java.util.List and read readme.Txt before we go on with it.",
        "It was “Big”, he said, and St.Petersburg was Dr.Marlow and a house of theirs.",
    ],
)
def test_not_glued(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\f", "\n\n"])
def test_a_line_break_ends_a_sentence(line_break: str) -> None:
    assert sentences(f"One line,{line_break}and another") == ["One line,", "and another"]


PARAGRAPH = (
    "The committee said on Tuesday that it had decided to close the old bridge after a long inspection, which found "
    "cracks in two of the pillars. Repairs will take until spring, the mayor said, and will cost about three million."
)


def test_hard_wrapped_text_is_joined() -> None:
    text = f"Bridge is closed\n\n{textwrap.fill(PARAGRAPH, 60)}\n\nNobody was hurt.\n- one thing\n- another thing\n"
    found = sentences(text)
    assert [" ".join(sentence.split()) for sentence in found] == [
        "Bridge is closed",
        *PARAGRAPH.replace("pillars. ", "pillars.|").split("|"),
        "Nobody was hurt.",
        "- one thing",
        "- another thing",
    ]
    assert split(text).roles[0] is Role.HEADING


def test_short_lines_are_not_joined() -> None:
    text = "Roses are red\nviolets are blue\nsugar is sweet\nand so are you."
    assert sentences(text) == text.split("\n")


FURNITURE = """date 2025-03-09 Connect with us|Published|Updated 3 hours ago|By Jane Doe|BBC News|Share|Read more:
Image source, Getty|© 2024 Marlow Ltd|Advertisement|Subscribe to our newsletter|Follow us on X|9 March 2025|12:30 GMT
https://example.org/news|Related topics|By Ann Poe and Jo Lund, BBC News, Rome|5 min read|12 comments|Skip to content
Last updated on Monday 3 March 2025 at 10:00|Sign up for our daily newsletter|***|Photo: Ann Poe/AFP|Ann Poe, Reuters"""
HEADINGS = """Mayor calls for calm|By the river|Follow the money|War in the north|Police share photo of man
Two dead in March crash|Published works banned in Rome|Workers strike at BBC|Next stop: Mars|The last day
10 things to know|Minister: “We will not go”|Open letter to the president|Share price falls|Like father, like son"""


@pytest.mark.parametrize(
    ("line", "role"),
    [
        *((line, Role.FURNITURE) for line in FURNITURE.replace("\n", "|").split("|")),
        *((line, Role.HEADING) for line in HEADINGS.replace("\n", "|").split("|")),
        ("Council blames a cut in its grant for “no good choices”.", Role.BODY),
        ("The minister said:", Role.BODY),
        ("• one thing", Role.BODY),
        (" ".join(["word"] * 25), Role.BODY),
    ],
)
def test_roles(line: str, role: Role) -> None:
    assert roles(f"{line}\n\nThe first sentence of the text.") == [
        (line, role),
        ("The first sentence of the text.", Role.BODY),
    ]


@pytest.mark.parametrize("text", ["Published", "Mayor resigns", "Share\nPublished", "no stops here\nnor here"])
def test_nothing_but_furniture_or_headings_is_body(text: str) -> None:
    assert set(split(text).roles) == {Role.BODY}


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t", "\ufeff", "\u200b \u2028"])
def test_nothing_to_split(text: str) -> None:
    assert split(text) == Document(text, (), ())


@pytest.mark.parametrize(
    ("unit", "cut_after"),
    [("word ", "word"), ("some words, ", ","), ("a clause; ", ";"), ("字，", "，"), ("x", "x")],
)
def test_overlong_sentences_are_cut(unit: str, cut_after: str) -> None:
    text = unit * (100_000 // len(unit))
    document = split(text)
    check(document)
    assert document.glued == ()
    assert all(span.of(text).endswith(cut_after) for span in document.sentences)


@pytest.mark.parametrize("character", ["👩\u200d👩\u200d👧", "e\u0301\u0302", "🇩🇪", "👍🏽"])
def test_no_cut_inside_a_character(character: str) -> None:
    text = "x" + character * 3000
    document = split(text)
    check(document)
    assert len(document.sentences) > 1
    assert all(text.startswith(character, span.start) for span in document.sentences[1:])


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        ".",
        ". ",
        ".\t…\t",
        '."',
        ".)",
        "(",
        "\n",
        "a\n",
        "aB",
        "regionThe ",
        "1. ",
        "?” Ann ",
        ". )",
        "🇩",
        "\u0301",
    ],
)
def test_long_texts_are_fast(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    split("warm up the dictionariesThe first time takes longer than later.")
    start = time.perf_counter()
    document = split(text)
    assert time.perf_counter() - start < 3  # well under one second on an idle machine
    check(document)


PIECES = st.sampled_from(
    [*"ab C.!?…:;,\"“”‘’'()«»\n\r\u2028\u200b\ufeff。،؟ 1•-–\x00\ud800😀\u200d\u0301", "The ", "U.S. ", "p.m. ", "say "]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=80).map("".join)))
def test_any_text(text: str) -> None:
    document = split(text)
    check(document)
    assert document == split(text)


@given(st.lists(st.sampled_from(["She left.", "“Why?” he asked.", "It cost $3.5.", "Mr. Poe won!"]), min_size=1))
def test_joined_sentences_are_found_again(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_own_articles() -> None:
    counts = {}
    for path in sorted([*ROOT.glob("reference/*.txt"), *ROOT.glob("seeds/*.txt")]):
        document = split(path.read_text(encoding="utf-8"))
        check(document)
        counts[path.name[:3]] = (len(document.sentences), len(document.glued))
    assert counts == {"000": (16, 1), "001": (14, 0), "002": (21, 0), "003": (18, 0), "004": (15, 0)}


def test_dictionaries_are_loaded_only_when_needed() -> None:
    code = (
        "import sys, evaltool.sentences as s; s.split('One. Two. “Three.”'); "
        "assert not {'wordfreq', 'simplemma'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
