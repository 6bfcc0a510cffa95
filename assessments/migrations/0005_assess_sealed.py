"""What was written, said, signed or answered of an assessment stands. Of a recommendation the status alone moves on."""

from django.db import migrations

SEALED = [
    "assessmentversion",
    "judgement",
    "drawnfrom",
    "versionread",
    "assessmentcomment",
    "signature",
    "sending",
    "assessmentresponse",
]

BUT_STATUS = """
CREATE FUNCTION assessments_sealed_but_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'status' = to_jsonb(OLD) - 'status' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Sealed content is never changed: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$
"""


def trigger(table: str, function: str = "assessments_sealed") -> migrations.RunSQL:
    """Refuse UPDATE and DELETE of one table's rows, and TRUNCATE of the table."""
    return migrations.RunSQL(
        [
            f"CREATE TRIGGER sealed BEFORE UPDATE OR DELETE ON assessments_{table} "
            f"FOR EACH ROW EXECUTE FUNCTION {function}()",
            f"CREATE TRIGGER sealed_whole BEFORE TRUNCATE ON assessments_{table} EXECUTE FUNCTION assessments_sealed()",
        ],
        [f"DROP TRIGGER sealed_whole ON assessments_{table}", f"DROP TRIGGER sealed ON assessments_{table}"],
    )


class Migration(migrations.Migration):
    dependencies = [("assessments", "0004_assess")]

    operations = [
        migrations.RunSQL(BUT_STATUS, "DROP FUNCTION assessments_sealed_but_status()"),
        *(trigger(table) for table in SEALED),
        trigger("recommendation", "assessments_sealed_but_status"),
    ]
