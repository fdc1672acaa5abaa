"""The parts of the relation engine; from outside one enters by `engine.relate`. No Django in here."""
