"""What an officer chooses and says on the pages of letters."""
