"""Tables that the package ships, and the scripts that built them."""
