"""``evaltool rules``: what the rules are, and what they find."""

from __future__ import annotations

from pathlib import Path

import click

from evaltool.model import InputError


@click.command()
@click.argument("rule", required=False)
@click.option("--selftest", is_flag=True, help="Plant errors of every kind and measure what the rules find.")
@click.option("--per-kind", default=40, show_default=True, help="With --selftest: how many errors of each kind.")
@click.option("--out", type=click.Path(path_type=Path), help="With --selftest: write the page (Markdown) there.")
def rules(rule: str | None, selftest: bool, per_kind: int, out: Path | None) -> None:
    """List the rules, explain one with its examples, or measure them on planted errors."""
    from evaltool.rules import all_rules

    known = {r.id: r for r in all_rules()}
    if selftest:
        page = _measured(per_kind)
        if out is None:
            click.echo(page)
        else:
            try:
                out.write_text(page, encoding="utf-8")
            except OSError as error:
                raise InputError(f"{out}: cannot be written ({error.strerror}); choose another --out") from None
        return
    if rule is None:
        width = max(map(len, known))
        for r in known.values():
            click.echo(f"{r.id:{width}}  {r.category.value:30}  {r.doc.splitlines()[0]}")
        return
    if rule not in known:
        raise InputError(f"no rule {rule!r}; 'evaltool rules' lists them")
    chosen = known[rule]
    languages = ", ".join(sorted(chosen.languages)) if chosen.languages else "every language"
    click.echo(f"{chosen.id}  ({chosen.category.value}; {languages})\n\n{chosen.doc}\n\nExamples:")
    for example in chosen.examples:
        marked = "⟦" in example.reference + example.variant
        click.echo(f"\n  reference: {example.reference}\n  variant:   {example.variant}")
        click.echo(f"  {'flagged where marked' if marked else 'not flagged'} ({example.profile.value})")


def _measured(per_kind: int) -> str:
    from importlib.util import find_spec

    if find_spec("lemminflect") is None:
        raise InputError("--selftest needs the package lemminflect; install it with: pip install 'evaltool[selftest]'")
    from evaltool import selftest
    from evaltool.evaluate import Evaluator

    return selftest.markdown(selftest.run(Evaluator(), selftest.example_pairs(), per_kind))
