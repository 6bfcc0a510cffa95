"""What was raised, said, agreed or opened stands. What moves on of a row is named here; a level is closed once."""

from django.db import migrations

# Table: the columns that move on, and the one that must be empty before they do.
MOVES = {
    "concern": ("audience,passed_by_id,passed_on", "passed_on"),
    "levelchange": ("closed_on,closed_by_id,outcome,closing_reason", "closed_on"),
    "proposal": ("standards,on_track,answer,reason,answered_by_id,answered_on", "answered_on"),
    "ownconcern": ("status,audience,closed_on,version", "closed_on"),
    "levelagreement": ("", ""),
    "ownconcernentry": ("", ""),
}

FUNCTION = """
CREATE FUNCTION support_plans_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
     AND to_jsonb(NEW) - string_to_array(TG_ARGV[0], ',') = to_jsonb(OLD) - string_to_array(TG_ARGV[0], ',')
     AND TG_ARGV[1] <> '' AND to_jsonb(OLD) ->> TG_ARGV[1] IS NULL THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Sealed content is never changed: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$
"""


def trigger(table: str, moves: str, once: str) -> migrations.RunSQL:
    """Refuse DELETE, and every UPDATE but of these columns while `once` is empty; and TRUNCATE of the table."""
    called = f"support_plans_sealed('{moves}', '{once}')"
    name = f"support_plans_{table}"
    return migrations.RunSQL(
        [
            f"CREATE TRIGGER sealed BEFORE UPDATE OR DELETE ON {name} FOR EACH ROW EXECUTE FUNCTION {called}",
            f"CREATE TRIGGER sealed_whole BEFORE TRUNCATE ON {name} EXECUTE FUNCTION {called}",
        ],
        [f"DROP TRIGGER sealed_whole ON {name}", f"DROP TRIGGER sealed ON {name}"],
    )


class Migration(migrations.Migration):
    dependencies = [("support_plans", "0001_ladder")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION support_plans_sealed()"),
        *(trigger(table, moves, once) for table, (moves, once) in MOVES.items()),
    ]
