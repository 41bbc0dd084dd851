from evaltool.report.visible import boxed, excerpt, plain


def test_unseen_characters_get_a_sign() -> None:
    assert plain("a\x00b\x7f\u202ec\ufeff\ud800") == "a[U+0000]b[U+007F][U+202E]c[U+FEFF][U+D800]"
    assert plain("a\r\nb\tc\rd") == "a\nb\tc[U+000D]d"


def test_ordinary_text_is_left_alone() -> None:
    text = "naïve “quote” — עברית\u200e, می\u200cخواهم, 👩\u200d🚀"
    assert plain(text) == text
    assert str(boxed(text)) == text


def test_boxed_escapes_and_names() -> None:
    html = str(boxed("<b>\u202e&"))
    assert html.startswith("&lt;b&gt;<span")
    assert 'title="RIGHT-TO-LEFT OVERRIDE">U+202E</span>&amp;' in html


def test_excerpt_keeps_both_ends() -> None:
    assert excerpt(" a\n b ") == "a b"
    short = excerpt("x" * 100 + "y" * 100, 40)
    assert short == "x" * 20 + " … " + "y" * 20
