"""Reports written for the measure of statements: a development part, and a frozen one."""
