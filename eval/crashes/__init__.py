"""What is left when the program is killed, the disk is full or fails, the power goes; and whether it is the same."""
