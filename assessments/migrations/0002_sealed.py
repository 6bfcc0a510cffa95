"""What was submitted, said or answered stands: the database refuses to change or remove it."""

from django.db import migrations

SEALED = ["version", "rating", "target", "comment", "acknowledgement", "bodyresponse"]

FUNCTION = """
CREATE FUNCTION assessments_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Sealed content is never changed: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$
"""


def trigger(table: str) -> migrations.RunSQL:
    """Refuse UPDATE and DELETE of one table's rows, and TRUNCATE of the table."""
    return migrations.RunSQL(
        [
            f"CREATE TRIGGER sealed BEFORE UPDATE OR DELETE ON assessments_{table} "
            "FOR EACH ROW EXECUTE FUNCTION assessments_sealed()",
            f"CREATE TRIGGER sealed_whole BEFORE TRUNCATE ON assessments_{table} EXECUTE FUNCTION assessments_sealed()",
        ],
        [f"DROP TRIGGER sealed_whole ON assessments_{table}", f"DROP TRIGGER sealed ON assessments_{table}"],
    )


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION assessments_sealed()"),
        *(trigger(table) for table in SEALED),
    ]
