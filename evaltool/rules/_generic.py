"""Words for what a named thing or body is."""

from __future__ import annotations

#: Words for what a thing or a body is, which translations of its name exchange ("Karvash Range", "Research Fund").
GENERIC = frozenset(
    """
    range mountains mountain hills river stream lake bay gulf coast island strait cape valley road street avenue square
    bridge station airport port harbour fund foundation trust institute institution center centre council committee
    commission board office agency authority department directorate ministry association union federation league
    society company group corporation party alliance movement court tribunal chamber school college university academy
    hospital clinic infirmary church cathedral palace castle tower house hall park garden market plant factory works
    mine dam award prize law act treaty agreement accord war battle day week month province region district county
    state republic kingdom general national
    """.split()
)
