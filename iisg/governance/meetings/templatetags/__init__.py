"""What the templates of meetings say in their own way."""
