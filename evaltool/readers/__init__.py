"""One file per input format; each gives articles."""
