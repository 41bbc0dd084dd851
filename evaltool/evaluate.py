"""The Evaluator: one reference and one variant in, one Evaluation out. No files, no clock, no environment."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from evaltool import alignment, completion, drift, findings, judge, rules, scores, substitution
from evaltool.embedding import DEPTHS, MIDDLE, Encoder
from evaltool.glossary import Glossary
from evaltool.model import Document, Evaluation, Flag, InputError, Kind, Profile, Role, Segment, Span
from evaltool.scored import scored
from evaltool.sentences import split
from evaltool.words import (
    LONGEST,
    AlignedSegment,
    Side,
    Substitute,
    Vocabulary,
    Word,
    freely_worded,
    link,
    vocabulary,
    word_vectors,
    words_of,
)

_PAIRS_AT_ONCE = 64  # token vectors of a chunk are held in memory together
_REMEMBERED = 4  # encoded documents: one reference serves all its variants


@dataclass(frozen=True)
class _Prepared:
    """A document with its words and vectors, sentence by sentence."""

    document: Document
    words: tuple[tuple[Word, ...], ...]
    vectors: tuple[NDArray[np.float32], ...]  # (layers, words, d) of each sentence
    sentences: NDArray[np.float32]  # (n, d)
    vocabulary: Vocabulary


class Evaluator:
    """Aligns, scores and flags variants of a reference.

    Nothing is loaded until it is needed. The same texts, profile and model give the same evaluation, in any order and
    in any company.

    Args:
        model: a sentence-transformers folder or name; None is the embedded model.
        language: ISO 639-1 code of both sides; rules that do not hold for it are listed in ``not_applied``.
        glossary: terms to use and to avoid; without one the rules that need it are listed there too.
    """

    def __init__(self, model: str | None = None, language: str = "en", glossary: Glossary | None = None) -> None:
        self.encoder = Encoder(model)
        self.language = language
        self.glossary = glossary
        self._documents: OrderedDict[str, _Prepared] = OrderedDict()
        self._judged = model is None and language == "en"  # what the judge was trained on

    def evaluate(self, reference_text: str, variant_text: str, profile: str = "translation") -> Evaluation:
        """Evaluate one variant of an article.

        Args:
            reference_text: the trusted text.
            variant_text: the text to judge.
            profile: translation, paraphrase, summary or rereport.

        Raises:
            InputError: an unknown profile, an empty text, or a model that cannot be loaded.
        """
        meant = _profile(profile)
        reference, variant = self._prepare(reference_text, "reference"), self._prepare(variant_text, "variant")
        groups, aligned, mismatch = self._groups(reference, variant, meant)
        flags = (
            [()] * len(aligned)
            if mismatch
            else self._flags(
                aligned, rules.AlignedDocument(reference.document, variant.document, aligned, self.glossary)
            )
        )
        free = drift.freedom(aligned)
        segments = tuple(
            replace(scored(a, own, g.reference, g.variant, mismatch, free), moved=g.moved, certainty=g.certainty)
            for a, g, own in zip(aligned, groups, flags, strict=True)
        )
        return Evaluation(
            reference=reference.document,
            variant=variant.document,
            profile=meant,
            segments=segments,
            flags=tuple(sorted(chain.from_iterable(flags), key=findings.place)),
            scores=scores.document_scores(segments),
            not_applied=dict.fromkeys((r.id for r in rules.all_rules()), mismatch) if mismatch else self._not_applied(),
            mismatch=mismatch,
        )

    def aligned(
        self, reference_text: str, variant_text: str, profile: str = "translation"
    ) -> tuple[AlignedSegment, ...]:
        """The segments of one variant as the rules see them, with their words linked; arguments as for evaluate.

        Raises:
            InputError: as there.
        """
        reference, variant = self._prepare(reference_text, "reference"), self._prepare(variant_text, "variant")
        return self._groups(reference, variant, _profile(profile))[1]

    def _groups(
        self, reference: _Prepared, variant: _Prepared, profile: Profile
    ) -> tuple[list[alignment.Group], tuple[AlignedSegment, ...], str | None]:
        """Groups of sentences, the segments they make, and why the two are no variants of each other, if so."""
        lengths = _lengths(reference.document), _lengths(variant.document)
        groups = alignment.align(reference.sentences, variant.sentences, *lengths)
        groups = completion.complete(groups, _by_words(reference), _by_words(variant))
        echoes = alignment.echoes(reference.sentences, variant.sentences, groups)
        heard = {i for i, _ in echoes}, {j for _, j in echoes}
        with judge.single_thread():
            segments = tuple(
                replace(
                    self._aligned(reference, variant, g.reference, g.variant, profile),
                    echoed=not heard[0].isdisjoint(g.reference) or not heard[1].isdisjoint(g.variant),
                )
                for g in groups
            )
        return groups, segments, alignment.mismatch(groups, *lengths)

    def evaluate_pairs(
        self, references: Sequence[str], hypotheses: Sequence[str], profile: str = "translation"
    ) -> list[Segment]:
        """Evaluate sentence pairs that are already aligned.

        Args:
            references: n texts.
            hypotheses: n texts.
            profile: translation, paraphrase, summary or rereport.

        Returns:
            n segments in the same order; their spans point into each pair's own texts.

        Raises:
            InputError: an unknown profile, or sides of different length.
        """
        out = []
        for index, (aligned, flags) in enumerate(self.evidence(references, hypotheses, profile)):
            ours = (index,) if aligned.reference.span else ()
            theirs = (index,) if aligned.variant.span else ()
            segment = scored(aligned, flags, ours, theirs)
            reasons = {**segment.reasons, "certainty": "the pairs are given, not aligned"}
            out.append(replace(segment, reasons=reasons))
        return out

    def evidence(
        self, references: Sequence[str], hypotheses: Sequence[str], profile: str = "translation"
    ) -> Iterator[tuple[AlignedSegment, tuple[Flag, ...]]]:
        """What the segments of :meth:`evaluate_pairs` are scored by: their linked words and their flags, pair by pair.

        Raises:
            InputError: as there.
        """
        meant = _profile(profile)
        if len(references) != len(hypotheses):
            raise InputError(
                f"{len(references)} references and {len(hypotheses)} hypotheses: both sides need one text per pair"
            )
        for start in range(0, len(references), _PAIRS_AT_ONCE):
            part = slice(start, start + _PAIRS_AT_ONCE)
            pairs = list(zip(references[part], hypotheses[part], strict=True))
            distinct = dict.fromkeys(chain.from_iterable(pairs))
            prepared = dict(zip(distinct, self._whole(distinct), strict=True))
            for reference, variant in pairs:
                yield self._pair(prepared[reference], prepared[variant], meant)

    def align(
        self, reference_sentences: Sequence[str], variant_sentences: Sequence[str]
    ) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Align sentences, many to many.

        Returns:
            (reference indexes, variant indexes) of each group, each sentence of both sides exactly once.
        """
        texts = [*reference_sentences, *variant_sentences]
        n = len(reference_sentences)
        vectors = np.stack([e.vector for e in self.encoder.encode(texts)]) if texts else np.zeros((0, 1), np.float32)
        lengths = np.array([len(text) for text in texts], dtype=np.int64)
        groups = alignment.align(vectors[:n], vectors[n:], lengths[:n], lengths[n:])
        return [(group.reference, group.variant) for group in groups]

    def _not_applied(self) -> dict[str, str]:
        out = {}
        for rule in rules.all_rules():
            if rule.languages is not None and self.language not in rule.languages:
                out[rule.id] = f"holds for {', '.join(sorted(rule.languages))}, not for {self.language}"
            elif rule.judged and not self._judged:
                out[rule.id] = f"judges words by the embedded model, not by {self.encoder.id}"
            elif rule.needs_glossary and self.glossary is None:
                out[rule.id] = "no glossary"
        return out

    def _prepare(self, text: str, side: str) -> _Prepared:
        if text not in self._documents:
            document = split(text, language=self.language)
            if not document.sentences:
                raise InputError(f"the {side} text is empty; nothing can be compared")
            encodings = self.encoder.encode([span.of(text) for span in document.sentences])
            words = tuple(words_of(text, span, self.language) for span in document.sentences)
            vectors = tuple(
                word_vectors(own, span.start, encoding)
                for own, span, encoding in zip(words, document.sentences, encodings, strict=True)
            )
            self._documents[text] = _Prepared(
                document,
                words,
                vectors,
                np.stack([encoding.vector for encoding in encodings]),
                Vocabulary(text, tuple(chain.from_iterable(words))),
            )
            if len(self._documents) > _REMEMBERED:
                self._documents.popitem(last=False)
        self._documents.move_to_end(text)
        return self._documents[text]

    def _whole(self, texts: Iterable[str]) -> Iterator[_Prepared]:
        """Texts of pairs: encoded as a whole, since their alignment is given."""
        known = list(texts)
        for text, encoding in zip(known, self.encoder.encode(known), strict=True):
            document = split(text, language=self.language)
            words = vocabulary(document, self.language)
            vectors = word_vectors(words.words, 0, encoding)
            yield _Prepared(document, (words.words,), (vectors,), encoding.vector[None, :], words)

    def _pair(
        self, reference: _Prepared, variant: _Prepared, profile: Profile
    ) -> tuple[AlignedSegment, tuple[Flag, ...]]:
        n = (0,) if reference.document.sentences else ()
        m = (0,) if variant.document.sentences else ()
        with judge.single_thread():
            aligned = self._aligned(reference, variant, n, m, profile)
        # The pair is given as one segment, whatever the number of its sentences.
        spans = (_extent(reference.document), _extent(variant.document))
        aligned = replace(
            aligned,
            reference=replace(aligned.reference, span=spans[0]),
            variant=replace(aligned.variant, span=spans[1]),
            role=Role.BODY,
        )
        document = rules.AlignedDocument(reference.document, variant.document, (aligned,), self.glossary)
        (flags,) = self._flags((aligned,), document)
        return aligned, flags

    def _aligned(
        self,
        reference: _Prepared,
        variant: _Prepared,
        reference_sentences: tuple[int, ...],
        variant_sentences: tuple[int, ...],
        profile: Profile,
    ) -> AlignedSegment:
        """The segment of some sentences of each side, with its words linked."""
        sides = []
        for prepared, chosen in ((reference, reference_sentences), (variant, variant_sentences)):
            words = tuple(chain.from_iterable(prepared.words[i] for i in chosen))
            chosen_vectors = [prepared.vectors[i] for i in chosen]
            vectors = np.concatenate(chosen_vectors, axis=1) if chosen else np.zeros((len(DEPTHS), 0, 1), np.float32)
            sides.append((words, vectors))
        (ours, our_vectors), (theirs, their_vectors) = sides
        if max(len(ours), len(theirs)) > LONGEST or not ours or not theirs:
            linked = link(ours, (), our_vectors[MIDDLE], their_vectors[MIDDLE])
            linked = (linked[0], (None,) * len(theirs), linked[2], (0.0,) * len(theirs))
        else:
            linked = link(ours, theirs, our_vectors[MIDDLE], their_vectors[MIDDLE])
        judgement = None
        substitutes: tuple[Substitute, ...] = ()
        similarity = _similarity(reference, variant, reference_sentences, variant_sentences)
        if self._judged and ours and theirs and max(len(ours), len(theirs)) <= judge.LONGEST:
            texts = reference.document.text, variant.document.text
            judgement = judge.judge(ours, theirs, our_vectors, their_vectors, texts)
            cosines = judge.cosines(our_vectors, their_vectors)
            documents = reference.vocabulary, variant.vocabulary
            substitutes = substitution.substitutes(ours, theirs, cosines, judgement, similarity or 0.0, documents)
        kind = Kind.MATCH if reference_sentences and variant_sentences else Kind.OMISSION
        if not reference_sentences:
            kind = Kind.ADDITION
        return AlignedSegment(
            reference=Side(
                reference.document.text, _span(reference.document, reference_sentences), ours, linked[0], linked[2]
            ),
            variant=Side(
                variant.document.text, _span(variant.document, variant_sentences), theirs, linked[1], linked[3]
            ),
            kind=kind,
            role=_role(reference.document, variant.document, reference_sentences, variant_sentences),
            profile=profile,
            language=self.language,
            whole_reference=reference.vocabulary,
            whole_variant=variant.vocabulary,
            similarity=similarity,
            judgement=judgement,
            substitutes=substitutes,
            likeness=_likeness(our_vectors, their_vectors),
        )

    def _flags(self, aligned: tuple[AlignedSegment, ...], document: rules.AlignedDocument) -> list[tuple[Flag, ...]]:
        """The flags of each segment: found, merged, fingerprinted."""
        reference, variant = document.reference.text, document.variant.text
        found: list[list[Flag]] = [[] for _ in aligned]
        free = freely_worded(aligned)
        reworded = any(segment.profile is not Profile.TRANSLATION for segment in aligned)

        def as_flag(rule: rules.Rule, hit: rules.Hit, literalness: float = 1.0) -> Flag:
            flag = findings.to_flag(rule, hit, reference, variant)
            return findings.believed(flag, rule, hit, free=free, reworded=reworded, literalness=literalness)

        applied = [rule for rule in rules.all_rules() if rule.languages is None or self.language in rule.languages]
        of_segments = [rule for rule in applied if rule.scope is rules.Scope.SEGMENT]
        # Segment by segment, so that what one rule has read from a segment is still at hand for the next one.
        for own, segment in zip(found, aligned, strict=True):
            if len(segment.reference.words) <= LONGEST and len(segment.variant.words) <= LONGEST:
                # What stands word for word in the reference is right; only a glossary may know better.
                same = segment.kind is Kind.MATCH and segment.reference.quote == segment.variant.quote
                for rule in of_segments:
                    if rule.needs_glossary or not same:
                        own += [as_flag(rule, hit, segment.literalness) for hit in rule.find(segment)]  # type: ignore[arg-type]
        for rule in (r for r in applied if r.scope is rules.Scope.DOCUMENT):
            for hit in rule.find(document):  # type: ignore[arg-type]
                flag = as_flag(rule, hit)
                found[findings.home(flag, aligned)].append(flag)
        yielding = {rule.id for rule in rules.all_rules() if rule.judged or rule.yields}
        kept = [findings.merged(flags, yielding) for flags in found]
        # Fingerprints count equal findings through the whole text, so they are given to all flags at once.
        contexts = [segment.reference.quote for segment, own in zip(aligned, kept, strict=True) for _ in own]
        marked = iter(findings.fingerprinted(list(chain.from_iterable(kept)), contexts))
        return [tuple(next(marked) for _ in own) for own in kept]


def _profile(name: str) -> Profile:
    try:
        return Profile(name)
    except ValueError:
        raise InputError(f"unknown profile {name!r}; it is one of {', '.join(Profile)}") from None


def _by_words(prepared: _Prepared) -> completion.Text:
    roles = [role is Role.BODY for role in prepared.document.roles]
    return completion.Text(prepared.words, [v[MIDDLE] for v in prepared.vectors], roles)


def _lengths(document: Document) -> NDArray[np.int64]:
    return np.array([span.end - span.start for span in document.sentences], dtype=np.int64)


def _span(document: Document, sentences: tuple[int, ...]) -> Span | None:
    if not sentences:
        return None
    return Span(document.sentences[sentences[0]].start, document.sentences[sentences[-1]].end)


def _extent(document: Document) -> Span | None:
    return _span(document, tuple(range(len(document.sentences))))


def _role(reference: Document, variant: Document, ours: tuple[int, ...], theirs: tuple[int, ...]) -> Role:
    """Furniture where all is; a heading where one side is nothing but headings, since it may stand for a sentence."""
    sides = [{document.roles[i] for i in own} for document, own in ((reference, ours), (variant, theirs)) if own]
    if all(roles == {Role.FURNITURE} for roles in sides):
        return Role.FURNITURE
    return Role.HEADING if any(Role.BODY not in roles for roles in sides) else Role.BODY


def _similarity(
    reference: _Prepared, variant: _Prepared, ours: tuple[int, ...], theirs: tuple[int, ...]
) -> float | None:
    if not ours or not theirs:
        return None
    sums = []
    for prepared, chosen in ((reference, ours), (variant, theirs)):
        weights = np.array([max(1, len(prepared.words[i])) for i in chosen], dtype=np.float32)
        total = (prepared.sentences[list(chosen)] * weights[:, None]).sum(axis=0)
        sums.append(total / (np.linalg.norm(total) or 1))
    return float(np.clip(sums[0] @ sums[1], -1, 1))


def _likeness(ours: NDArray[np.float32], theirs: NDArray[np.float32]) -> tuple[float, ...]:
    """For each layer 0..1: how well the words of both sides are matched on average (BERTScore, Zhang et al. 2020)."""
    if not ours.shape[1] or not theirs.shape[1] or max(ours.shape[1], theirs.shape[1]) > LONGEST:
        return ()
    out = []
    for a, b in zip(ours, theirs, strict=True):
        cosines = a @ b.T
        recall, precision = float(cosines.max(axis=1).mean()), float(cosines.max(axis=0).mean())
        out.append(round(max(0.0, 2 * precision * recall / (precision + recall + 1e-9)), 6))
    return tuple(out)
