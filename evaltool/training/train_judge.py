"""Train the judge of words and write ``data/judge.safetensors`` and ``data/judge.json``.

    EVALTOOL_BENCHMARKS=<folder> python evaltool/training/train_judge.py [--start FILE] [--without FOLD] [--target FILE]

The folder holds ``wmt23_pairs/pairs.jsonl.gz`` (references and system outputs of the WMT23 general task, into English,
Kocmi et al. 2023; carriers for planted errors), ``demetr/dev.jsonl.gz`` (Karpinska et al. 2022, MIT licence) and
``wmt23_mqm/dev.jsonl.gz`` (Song et al. 2025, Apache-2.0). Half of the latter two, by document, stays out of training.
No text goes into the weights' file; data whose licence forbids derived works is not used.

The last stage adds what annotators marked in the invented texts of ``tests`` (see ``annotated.py``). ``--start`` begins
with that stage, from weights that the others made; ``--without`` leaves one fold of the articles out, so that what
those weights say of its articles is no memory (``fit_substitution.py`` is given four such files).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import load_file, save_file
from torch import nn

from evaltool.embedding import EMBEDDED_SHA256, Encoder
from evaltool.evaluate import Evaluator
from evaltool.judge import HEADS, OUTPUTS
from evaltool.training.annotated import FOLDS, TESTS, fold_of, from_articles, from_passages, from_sentences
from evaltool.training.judge_examples import (
    IGNORE,
    LONGEST,
    Example,
    Row,
    from_demetr,
    from_pairs,
    from_reworded,
    from_wmt,
    read,
    rows_of,
)

HERE = Path(__file__).parent.parent / "data"
SEED = 20261122
SIZE, BLOCKS = 160, 3
PER_CARRIER = 3  # planted errors
#: (epochs, highest learning rate, what is seen beside the planted examples); each goes on from the one before.
STAGES = ((10, 1.5e-3, ""), (2, 6e-4, "reworded"), (4, 8e-4, "reworded"), (4, 8e-4, "annotated"))
#: In the last stage only every so manieth pair is a carrier again, and the annotated examples are seen so often. It is
#: done twice from other seeds, and the weights are averaged (Wortsman et al. 2022, "Model soups").
EVERY, ANNOTATED, AVERAGED = 12, 4, 2
#: Words a side of annotated passages, which are longer than the others.
LONGEST_ANNOTATED = 150


def say(*words: object) -> None:
    """Progress on standard error."""
    sys.stderr.write(" ".join(map(str, words)) + "\n")
    sys.stderr.flush()


class Block(nn.Module):
    """Attention biased by the relation of two words, and a small feed-forward net."""

    def __init__(self) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(SIZE), nn.LayerNorm(SIZE)
        self.qkv, self.merge = nn.Linear(SIZE, 3 * SIZE), nn.Linear(SIZE, SIZE)
        self.relation = nn.Linear(12, HEADS, bias=False)
        self.up, self.down = nn.Linear(SIZE, 2 * SIZE), nn.Linear(2 * SIZE, SIZE)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, bias: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Take x (b, l, d), bias (b, l, l, 12), mask (b, l) of real words."""
        b, length, _ = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(b, length, 3, HEADS, SIZE // HEADS).permute(2, 0, 3, 1, 4)
        extra = self.relation(bias).permute(0, 3, 1, 2).masked_fill(~mask[:, None, None, :], -1e4)
        mixed = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=extra)
        x = x + self.drop(self.merge(mixed.transpose(1, 2).reshape(b, length, SIZE)))
        out: torch.Tensor = x + self.drop(self.down(torch.relu(self.up(self.norm2(x)))))
        return out


class Net(nn.Module):
    """The network that evaltool.judge runs in numpy."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.noise = nn.Dropout(0.1)
        self.add_module("in", nn.Linear(width, SIZE))
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.norm = nn.LayerNorm(SIZE)
        self.out = nn.Linear(SIZE, len(OUTPUTS))
        self.whole = nn.Linear(2 * SIZE + len(OUTPUTS), 2)

    def forward(self, x: torch.Tensor, bias: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of words (b, l, 6) and of segments (b, 2)."""
        # The same inputs are dropped for all words of an example: cheaper than one by one, and harder to see through.
        x = self.get_submodule("in")(x * self.noise(torch.ones_like(x[:, :1])))
        for block in self.blocks:
            x = block(x, bias, mask)
        x = self.norm(x)
        logits = self.out(x)
        gone = ~mask[:, :, None]
        mean = x.masked_fill(gone, 0).sum(1) / mask.sum(1, keepdim=True)
        top = x.masked_fill(gone, -1e4).amax(1)
        peak = logits.masked_fill(gone, -1e4).amax(1)
        return logits, self.whole(torch.cat([mean, top, peak], dim=1))


def batch(rows: list[Row]) -> tuple[torch.Tensor, ...]:
    """Rows padded to the longest: input, relations, mask, labels, whole labels."""
    length = max(len(r.plain) for r in rows)
    width = rows[0].vectors.shape[1] + rows[0].plain.shape[1]
    x = np.zeros((len(rows), length, width), dtype=np.float32)
    bias = np.zeros((len(rows), length, length, 12), dtype=np.float32)
    mask = np.zeros((len(rows), length), dtype=bool)
    labels = np.full((len(rows), length, len(OUTPUTS)), IGNORE, dtype=np.float32)
    for at, row in enumerate(rows):
        size, n = len(row.plain), row.n
        x[at, :size, : row.vectors.shape[1]], x[at, :size, row.vectors.shape[1] :] = row.vectors, row.plain
        mask[at, :size], labels[at, :size] = True, row.labels
        across = bias[at, :n, n:size]
        across[:, :, :4] = row.cosines.transpose(1, 2, 0)
        across[:, :, 4] = row.lemmas[:n, None] == row.lemmas[None, n:]
        across[:, :, 5] = 1
        across[:, :, 6] = np.abs((np.arange(n) / n)[:, None] - (np.arange(size - n) / (size - n))[None, :])
        bias[at, n:size, :n, :7] = across[:, :, :7].transpose(1, 0, 2)
        for start, end in ((0, n), (n, size)):
            step = np.arange(end - start)[:, None] - np.arange(end - start)[None, :]
            own = bias[at, start:end, start:end]
            own[:, :, 7], own[:, :, 8], own[:, :, 9] = step == 1, step == -1, step == 0
            own[:, :, 10], own[:, :, 11] = np.exp(-np.abs(step) / 2), np.exp(-np.abs(step) / 8)
    whole = np.array([r.whole for r in rows], dtype=np.float32)
    return tuple(torch.from_numpy(v) for v in (x, bias, mask, labels, whole))


def loss_of(net: Net, part: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Cross-entropy of words (positives count more, being few) and of segments."""
    x, bias, mask, labels, whole = part
    logits, said = net(x, bias, mask)
    known = labels >= 0
    weight = torch.where(labels > 0, 3.0, 1.0)[known]
    words = nn.functional.binary_cross_entropy_with_logits(logits[known], labels[known], weight=weight)
    return 8 * words + 0.5 * nn.functional.binary_cross_entropy_with_logits(said, whole)


def train(
    rows: list[Row],
    held: list[Row],
    epochs: int,
    rate: float,
    target: Path,
    start: Path | None = None,
    seed: int = SEED,
) -> Net:
    """Train and write the weights after each epoch; the held-out rows are only reported on.

    Args:
        rows: to learn from.
        held: held out.
        epochs: how often every row is seen.
        rate: the highest learning rate.
        target: where the weights go; the record goes beside them.
        start: weights to go on from.
        seed: of the order of the examples and of what is dropped.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311
    net = Net(rows[0].vectors.shape[1] + rows[0].plain.shape[1])
    if start is not None:
        net.load_state_dict({k: torch.from_numpy(v) for k, v in load_file(start).items()})
    say(sum(p.numel() for p in net.parameters()), "parameters,", len(rows), "examples")
    optimiser = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.02)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].plain))
    parts: list[list[int]] = []
    for i in order:
        if not parts or (len(parts[-1]) + 1) * len(rows[i].plain) > 2400:
            parts.append([])
        parts[-1].append(i)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=epochs * len(parts) + 1, pct_start=0.1)
    started = time.time()
    for epoch in range(epochs):
        rng.shuffle(parts)
        net.train()
        total = 0.0
        for at, part in enumerate(parts):
            optimiser.zero_grad()
            loss = loss_of(net, batch([rows[i] for i in part]))
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
            if at % 300 == 299:
                say(f"  {epoch} {at}/{len(parts)} {total / (at + 1):.4f} {time.time() - started:.0f} s")
        net.eval()
        with torch.inference_mode():
            value = sum(float(loss_of(net, batch(held[i : i + 32]))) for i in range(0, len(held), 32))
        say(f"epoch {epoch}: train {total / len(parts):.4f}, held out {value / max(1, len(held) / 32):.4f}")
        made = {"examples": len(rows), "held_out_loss": round(value / max(1, len(held) / 32), 4)}
        write(net, made, target)
    return net


def write(net: Net, made: dict[str, Any], target: Path) -> None:
    """Write the weights, and beside them the record of how they were made."""
    save_file({k: v.numpy().astype(np.float32) for k, v in net.state_dict().items()}, target)
    record = {
        "made_by": "evaltool/training/train_judge.py",
        "seed": SEED,
        "model_sha256": EMBEDDED_SHA256,
        "stages": [dict(zip(("epochs", "rate", "beside planted"), stage, strict=True)) for stage in STAGES],
        "parameters": sum(p.numel() for p in net.parameters()),
        **made,
        "data": {
            "carriers": "WMT23 general task into English, references and outputs of three systems (Kocmi et al. 2023)",
            "demetr": "half of the items of DEMETR's development half (Karpinska et al. 2022), MIT licence",
            "wmt23_mqm": "half of the documents of WMT23 zh-en, three experts (Song et al. 2025), Apache-2.0",
            "annotated": "tests/articles, tests/passages, odd items of tests/sentences, invented for this project",
        },
    }
    target.with_suffix(".json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def annotated(without: int | None) -> list[Example]:
    """The annotated examples, but for the articles of one fold."""
    found = list(from_articles(TESTS / "articles", Evaluator(), lambda name: fold_of(name) != without))
    for path in sorted((TESTS / "passages").glob("*.jsonl")):
        found += from_passages(path)
    for path in sorted((TESTS / "sentences").glob("*.jsonl")):
        found += from_sentences(path)
    return found


def main() -> None:
    """Build the examples, train, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", type=Path, help="weights of the other stages: train the last one only")
    parser.add_argument("--without", type=int, choices=range(FOLDS), help="fold of the articles to leave out")
    parser.add_argument("--seed", type=int, help="of the last stage: train it once only")
    parser.add_argument("--target", type=Path, default=HERE / "judge.safetensors", help="where the weights go")
    args = parser.parse_args()
    folder, encoder = Path(os.environ["EVALTOOL_BENCHMARKS"]), Encoder()
    pairs = read(folder / "wmt23_pairs" / "pairs.jsonl.gz")
    last = len(pairs) - len(pairs) // 25

    def rows(examples: Iterable[Example], longest: int = LONGEST) -> list[Row]:
        return list(rows_of(list(examples), encoder, longest))

    def carried(every: int, *, reworded: bool) -> list[Row]:
        rng = random.Random(f"{SEED} {every} {reworded}")  # noqa: S311
        return rows((from_reworded if reworded else from_pairs)(pairs[:last:every], rng, PER_CARRIER))

    held = rows(from_pairs(pairs[last:], random.Random(SEED), PER_CARRIER))  # noqa: S311
    wmt = rows(from_wmt(read(folder / "wmt23_mqm" / "dev.jsonl.gz")))
    # Human judgements are few beside what is planted, so they are seen twice.
    plain = rows(from_demetr(read(folder / "demetr" / "dev.jsonl.gz"))) + wmt + wmt
    start: Path | None = args.start
    if start is None:
        planted, reworded = carried(1, reworded=False), carried(1, reworded=True)
        for epochs, rate, beside in STAGES[:-1]:
            train(plain + planted + reworded * bool(beside), held, epochs, rate, args.target, start)
            start = args.target
        del planted, reworded
    epochs, rate, _ = STAGES[-1]
    some = plain + carried(EVERY, reworded=False) + carried(EVERY, reworded=True)
    marked = rows(annotated(args.without), LONGEST_ANNOTATED)
    seeds = [SEED + n for n in range(AVERAGED)] if args.seed is None else [args.seed]
    nets = [train(some + marked * ANNOTATED, held, epochs, rate, args.target, start, seed) for seed in seeds]
    states = [net.state_dict() for net in nets]
    nets[0].load_state_dict({name: sum(state[name] for state in states) / len(states) for name in states[0]})
    write(nets[0], {"examples": len(some) + ANNOTATED * len(marked), "annotated_examples": len(marked)}, args.target)


if __name__ == "__main__":
    main()
