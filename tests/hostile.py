"""Texts that break careless writers of XML, JSON, Markdown, TOML and workflow commands."""

HOSTILE = (
    "</failure><script>alert(1)</script>",
    "]]> &amp; &#0; \x00\x01\x1b[31m\x7f\ufffe\uffff",
    "::error file=x,line=1::gone%0A\r\n::set-output name=a::b",
    "| a | b |\n# heading\n![x](http://evil.example) `code` **bold** <!-- @someone #1 -->",
    'quote " and \\ and \'\'\' and """\n[[waiver]]',
    "\u202eright to left\u2028line\u2029paragraph\x85next",
    "half \ud800 of a character",
    "emoji 👩‍👩‍👧 and \U0001f600 beyond the basic plane",
)
