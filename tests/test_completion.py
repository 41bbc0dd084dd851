"""Leftover sentences that a neighbouring group says in a part of a longer sentence."""

from __future__ import annotations

import numpy as np

from evaltool import Evaluator
from evaltool.alignment import LONGEST, Group
from evaltool.completion import Text, complete
from evaltool.model import Kind
from evaltool.words import words_of

#: Words that mean the same share an axis.
SAME = {"urged": "called", "parties": "sides", "restraint": "refrain", "kept": "spared"}


def text(*sentences: str, body: bool = True) -> Text:
    words = [words_of(sentence) for sentence in sentences]
    axes: dict[str, int] = AXES
    vectors = []
    for own in words:
        rows = np.zeros((len(own), 128), np.float32)
        for k, word in enumerate(own):
            name = SAME.get(word.form, word.form)
            rows[k, axes.setdefault(name, len(axes))] = 1
        vectors.append(rows)
    return Text(words, vectors, [body] * len(words))


AXES: dict[str, int] = {}
REFERENCE = ("The envoy voiced alarm over the deaths.", "He called on all sides to refrain from fighting.")
MERGED = "The envoy voiced alarm over the deaths and urged parties to show restraint in fighting."
APART = [Group((0,), (0,), 0.9, moved=False), Group((1,), (), 0.8, moved=False)]


def test_a_sentence_that_is_said_in_a_part_of_a_longer_one_joins_it() -> None:
    assert complete(APART, text(*REFERENCE), text(MERGED)) == [Group((0, 1), (0,), 0.9, moved=False)]


def test_a_sentence_that_is_left_out_stays_left_out() -> None:
    assert complete(APART, text(*REFERENCE), text("The envoy voiced alarm over the deaths.")) == APART


def test_what_the_group_says_already_accounts_for_nothing_more() -> None:
    again = ("The envoy voiced alarm over the deaths.", "The envoy voiced alarm.")
    assert complete(APART, text(*again), text("The envoy voiced alarm over the deaths.")) == APART


def test_it_works_the_other_way_round() -> None:
    groups = [Group((0,), (0,), 0.9, moved=False), Group((), (1,), 0.8, moved=False)]
    assert complete(groups, text(MERGED), text(*REFERENCE)) == [Group((0,), (0, 1), 0.9, moved=False)]


LEAD = "From July to September, joblessness in Spain came down to 10.7 percent."
YOUNG = (
    "Among people who are seeking employment and have not turned 25, however, upwards of one in four is still without"
    " success."
)
BOTH = (
    "Unemployment in Spain fell to 10.7 percent in the third quarter, yet more than a quarter of those under 25 who are"
    " looking for work still cannot find any."
)


def test_a_sentence_of_the_variant_in_words_of_its_own_joins_what_it_says_a_part_of(evaluator: Evaluator) -> None:
    found = evaluator.evaluate(BOTH, f"{LEAD} {YOUNG}", profile="paraphrase")
    assert [(s.reference_sentences, s.variant_sentences) for s in found.segments] == [((0,), (0, 1))]


def test_a_sentence_of_the_reference_in_such_words_is_left_out(evaluator: Evaluator) -> None:
    found = evaluator.evaluate(f"{LEAD} {YOUNG}", BOTH.partition(", yet")[0] + ".", profile="paraphrase")
    assert Kind.OMISSION in [s.kind for s in found.segments]


def test_furniture_joins_nothing() -> None:
    assert complete(APART, text(*REFERENCE, body=False), text(MERGED)) == APART


def test_a_group_holds_no_more_sentences_of_a_side_than_the_aligner_allows() -> None:
    many = tuple(range(LONGEST))
    groups = [Group(many, (0,), 0.9, moved=False), Group((LONGEST,), (), 0.8, moved=False)]
    reference = text("The envoy voiced alarm.", *["It was over deaths."] * (LONGEST - 1), REFERENCE[1])
    assert complete(groups, reference, text(MERGED)) == groups


def test_a_merged_sentence_is_no_omission(evaluator: Evaluator) -> None:
    reference = (
        "The envoy, Ada Lund, said she was alarmed by reports of civilian casualties along the coast. "
        "She called on all sides to refrain from actions which could destabilise the country. "
        "The talks are to go on in Geneva in March."
    )
    variant = (
        "The envoy, Ada Lund, voiced alarm at the reports of casualties among civilians along the coast and urged all "
        "parties to show restraint and to avoid destabilising the country. The talks are to go on in Geneva in March."
    )
    evaluation = evaluator.evaluate(reference, variant, profile="paraphrase")
    assert [s.reference_sentences for s in evaluation.segments] == [(0, 1), (2,)]
    assert all(s.kind is Kind.MATCH for s in evaluation.segments)


CLOSE = (
    "The envoy voiced alarm over the deaths.",
    "The port of Orsva was closed by the army on Monday.",
    "Dozens of gunmen loyal to old rulers have been locked in clashes in the coastal provinces since Thursday.",
    "The talks are to go on in Geneva in March.",
)
OTHER = "Prices rose again after the harvest failed across the northern plains last autumn."


def test_a_pair_with_hardly_a_word_in_common_is_none_in_a_text_that_follows_closely() -> None:
    groups = [Group((k,), (k,), 0.9, moved=False) for k in range(4)]
    found = complete(groups, text(*CLOSE), text(*CLOSE[:2], OTHER, CLOSE[3]))
    assert found == [*groups[:2], Group((2,), (), 0.9, moved=False), Group((), (2,), 0.9, moved=False), groups[3]]


def test_in_a_free_text_it_may_be_the_same_thing() -> None:
    groups = [Group((k,), (k,), 0.9, moved=False) for k in range(4)]
    free = ("Worry was heard.", "Nothing sails from there.", OTHER, "Negotiators meet again next spring.")
    assert complete(groups, text(*CLOSE), text(*free)) == groups


def test_a_sentence_said_twice_has_one_partner() -> None:
    title = "Army shuts port of Orsva."
    reference = ("The army has closed the port of Orsva.", "Gunmen shut the coastal road and the army left the port.")
    groups = [Group((0,), (0,), 0.9, moved=False), Group((1,), (1,), 0.4, moved=False)]
    apart = [groups[0], Group((1,), (), 0.4, moved=False), Group((), (1,), 0.4, moved=False)]
    assert complete(groups, text(*reference), text(title, title)) == apart
