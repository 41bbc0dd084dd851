"""Quotation marks, other languages, formats, names and repetitions: what is accepted, and how grave the rest is."""

from __future__ import annotations

import pytest

from evaltool import Evaluator
from evaltool.model import Flag

TOWN = (
    "The council met in the old town hall on Monday. {} The mayor left early, and the opposition demanded an inquiry."
)
NOBODY = TOWN.format("Nobody spoke of the missing money.")


def found(evaluator: Evaluator, rule: str, reference: str, variant: str, profile: str = "translation") -> list[Flag]:
    return [f for f in evaluator.evaluate(reference, variant, profile).flags if f.rule == rule]


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Никто не говорил о пропавших деньгах.", "ru"),
        ("Nikt nie mówił o zaginionych pieniądzach.", "pl"),
        ("Niemand sprak over het verdwenen geld.", "nl"),
        ("Personne n’a parlé de l’argent disparu.", "fr"),
    ],
)
def test_a_sentence_in_another_language_is_one_finding(evaluator: Evaluator, sentence: str, language: str) -> None:
    (flag,) = found(evaluator, "foreign-run", NOBODY, TOWN.format(sentence))
    assert flag.variant_text == sentence.rstrip(".")
    assert flag.evidence["language"] == language
    assert found(evaluator, "foreign-word", NOBODY, TOWN.format(sentence)) == []


def test_what_the_reference_leaves_in_another_language_may_stay(evaluator: Evaluator) -> None:
    text = TOWN.format("“Niemand sprach von dem verschwundenen Geld”, he said.")
    assert found(evaluator, "foreign-run", text, text) == []


def test_a_foreign_title_in_quotation_marks_is_a_lesser_matter(evaluator: Evaluator) -> None:
    (flag,) = found(
        evaluator,
        "foreign-run",
        TOWN.format("The choir sang the old song of the sea."),
        TOWN.format("The choir sang “das alte Lied von der See”."),
    )
    assert flag.severity == "minor"


def test_the_language_of_a_run_is_compared_with_the_language_of_the_texts() -> None:
    german = Evaluator(language="de")
    reference = "Der Rat tagte am Montag. Niemand sprach von dem Geld. Der Bürgermeister ging früh nach Hause."
    variant = "Der Rat tagte am Montag. Nobody said anything about the money. Der Bürgermeister ging früh nach Hause."
    assert [f.variant_text for f in found(german, "foreign-run", reference, variant)] == [
        "Nobody said anything about the money"
    ]
    assert found(german, "foreign-run", reference, reference) == []


@pytest.mark.parametrize(
    ("reference", "variant"),
    [
        ("Inflation was 2.5 in May.", "Inflation was 2.5 in May."),
        ("The fund holds 2,626 million.", "The fund holds 2.626 billion."),
        ("Version 3.10 came on 3/4/2024.", "Version 3.10 came on 3/4/2024."),
        ("It costs 5 € in the town.", "It costs 7 € in the town."),
        ("Flight 12/13 left at 9.", "Flight 12/13 left at 9."),
    ],
)
def test_a_format_that_english_or_the_reference_has_is_accepted(
    evaluator: Evaluator, reference: str, variant: str
) -> None:
    assert found(evaluator, "foreign-format", reference, variant) == []


def test_a_number_in_foreign_format_is_no_other_number(evaluator: Evaluator) -> None:
    reference, variant = "The town has 12,500 voters.", "The town has 12.500 voters."
    assert [f.rule for f in evaluator.evaluate(reference, variant).flags] == ["foreign-format"]
    spaced = evaluator.evaluate(reference, "The town has 12 500 voters.").flags
    assert spaced == ()


def test_one_habit_is_marked_once(evaluator: Evaluator) -> None:
    (flag,) = found(evaluator, "foreign-format", "A is 20%. B is 30%.", "A is 20 %. B is 30 %.")
    assert (flag.variant_text, flag.evidence["times"]) == ("20 %", 2)


def test_the_spelling_that_is_not_the_references_is_marked(evaluator: Evaluator) -> None:
    variant = "The defense of the labor market is a matter of honour and of good neighbours."
    british = "The defence of the labour market is a matter of honour and of good neighbours."
    american = "The defense of the labor market is a matter of honor and of good neighbors."
    assert [f.variant_text for f in found(evaluator, "mixed-spelling", british, variant)] == ["defense", "labor"]
    assert [f.variant_text for f in found(evaluator, "mixed-spelling", american, variant)] == ["honour", "neighbours"]
    assert found(evaluator, "mixed-spelling", variant, variant) == []


def test_the_name_of_a_body_keeps_its_spelling(evaluator: Evaluator) -> None:
    reference = "The centre left the defence of the harbour to the navy."
    variant = "The centre left the defence of the harbour to the Department of Defense."
    assert found(evaluator, "mixed-spelling", reference, variant) == []


def test_speech_that_the_reference_reports_is_a_lesser_matter_than_speech_it_does_not_have(
    evaluator: Evaluator,
) -> None:
    variant = "“The pier will be sold to the bank this year”, the mayor said."
    reported, silent = "The mayor said the bank would get the pier this year.", "The bank gets the pier this year."
    assert [f.severity for f in found(evaluator, "added-quotation", reported, variant)] == ["minor"]
    assert [f.severity for f in found(evaluator, "added-quotation", silent, variant)] == ["major"]


@pytest.mark.parametrize(
    ("reference", "variant"),
    [
        ("He called the plan 'a gift to the bank' and left.", "He called the plan “a gift to the bank” and left."),
        ("The word pier comes from Latin.", "The word “pier” comes from Latin."),
        ("— I will not sell the pier, said Holt.", "“I will not sell the pier”, said Holt."),
        (
            "“We stay. The pier is ours. We are many,” she said.",
            "“We stay.” “The pier is ours.” “We are many,” she said.",
        ),
    ],
)
def test_other_marks_and_words_named_as_words_are_no_added_quotation(
    evaluator: Evaluator, reference: str, variant: str
) -> None:
    assert found(evaluator, "added-quotation", reference, variant) == []


def test_in_a_re_report_an_added_name_is_only_noted(evaluator: Evaluator) -> None:
    reference = "The head of the district made a tour of the villages."
    variant = "The head of the district, Sergey Nikitenko, made a tour of the villages."
    severities = {p: found(evaluator, "added-name", reference, variant, p)[0].severity for p in ("summary", "rereport")}
    assert severities == {"summary": "major", "rereport": "neutral"}


@pytest.mark.parametrize(
    "variant",
    [
        "The market is open exclusively on Thursdays in winter.",
        "The market is open on no day except Thursdays in winter.",
        "The market is open just on Thursdays in winter.",
    ],
)
def test_what_narrows_a_statement_in_other_words_is_accepted(evaluator: Evaluator, variant: str) -> None:
    assert found(evaluator, "changed-focus", "The market is open only on Thursdays in winter.", variant) == []


def test_a_parallel_clause_may_repeat_what_the_reference_leaves_out(evaluator: Evaluator) -> None:
    reference = "The death toll in Turkey stands at 20,665 and in Syria at more than 3,500."
    variant = "The death toll in Turkey stands at 20,665, while the death toll in Syria is over 3,500."
    assert found(evaluator, "repeated-phrase", reference, variant) == []


def test_a_long_phrase_said_again_in_the_next_sentence_is_found(evaluator: Evaluator) -> None:
    reference = (
        "The council closed the old harbour to all large ships on Monday. Fishermen had asked for a delay of two weeks."
    )
    variant = (
        "The council closed the old harbour to all large ships on Monday. Fishermen had asked for a delay of two weeks"
        " before the council closed the old harbour to all large ships."
    )
    (flag,) = found(evaluator, "repeated-phrase", reference, variant)
    assert flag.variant_text == "the council closed the old harbour to all large ships"
