"""Scripts that fit what the package ships: the weights of the judge of words, and of drift and quality."""
