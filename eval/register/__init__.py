"""The register test: plain news sentences written from an official register, and what the program makes of them."""
