"""What travels inside a package: two verifiers that know nothing of this house and of each other."""
