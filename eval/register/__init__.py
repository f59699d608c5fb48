"""The register test: plain news sentences written from an official register of travels, and what the program makes of them."""
