"""Fuzzing of intake: six targets, by atheris where it is installed, else by mutated samples."""
