"""The pages of the members' desk."""
