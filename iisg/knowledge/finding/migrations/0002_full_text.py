"""The full text of the entries: an FTS5 table with triggers on SQLite, a kept tsvector on PostgreSQL."""

from django.db import migrations

SQLITE = (
    """CREATE VIRTUAL TABLE finding_words USING fts5(
        title, names, "text", content='finding_entry', content_rowid='id',
        tokenize='porter unicode61', prefix='3 4 5')""",
    """CREATE TRIGGER finding_entry_added AFTER INSERT ON finding_entry BEGIN
        INSERT INTO finding_words(rowid, title, names, "text") VALUES (new.id, new.title, new.names, new."text");
    END""",
    """CREATE TRIGGER finding_entry_gone AFTER DELETE ON finding_entry BEGIN
        INSERT INTO finding_words(finding_words, rowid, title, names, "text")
        VALUES ('delete', old.id, old.title, old.names, old."text");
    END""",
    """CREATE TRIGGER finding_entry_changed AFTER UPDATE ON finding_entry BEGIN
        INSERT INTO finding_words(finding_words, rowid, title, names, "text")
        VALUES ('delete', old.id, old.title, old.names, old."text");
        INSERT INTO finding_words(rowid, title, names, "text") VALUES (new.id, new.title, new.names, new."text");
    END""",
)
SQLITE_BACK = (
    "DROP TRIGGER finding_entry_added",
    "DROP TRIGGER finding_entry_gone",
    "DROP TRIGGER finding_entry_changed",
    "DROP TABLE finding_words",
)
POSTGRESQL = (
    "CREATE TEXT SEARCH DICTIONARY iisg_stem (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION iisg (COPY = simple)",
    "ALTER TEXT SEARCH CONFIGURATION iisg ALTER MAPPING FOR asciiword, word, numword WITH iisg_stem",
    """CREATE FUNCTION finding_entry_words() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        new.vector := setweight(to_tsvector('iisg', new.title), 'A')
            || setweight(to_tsvector('iisg', new.names), 'B')
            || setweight(to_tsvector('iisg', new."text"), 'C');
        RETURN new;
    END $$""",
    """CREATE TRIGGER finding_entry_words BEFORE INSERT OR UPDATE ON finding_entry
        FOR EACH ROW EXECUTE FUNCTION finding_entry_words()""",
    "CREATE INDEX finding_entry_vector ON finding_entry USING gin (vector)",
)
POSTGRESQL_BACK = (
    "DROP INDEX finding_entry_vector",
    "DROP TRIGGER finding_entry_words ON finding_entry",
    "DROP FUNCTION finding_entry_words()",
    "DROP TEXT SEARCH CONFIGURATION iisg",
    "DROP TEXT SEARCH DICTIONARY iisg_stem",
)


def build(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def take_down(apps, schema_editor):
    for statement in {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("finding", "0001_initial")]

    operations = [migrations.RunPython(build, take_down)]
