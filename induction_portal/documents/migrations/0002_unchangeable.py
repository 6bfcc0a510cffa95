"""What was issued cannot be changed, and is deleted only by a transaction that erases by retention."""

from django.db import migrations

KEEP = """
CREATE FUNCTION documents_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND coalesce(current_setting('portal.erasing', true), '') = 'by retention' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'An issued document is kept as it was: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER issued_document_kept BEFORE UPDATE OR DELETE ON documents_issueddocument
  FOR EACH ROW EXECUTE FUNCTION documents_keep();
CREATE TRIGGER stored_bytes_kept BEFORE UPDATE OR DELETE ON documents_storedbytes
  FOR EACH ROW EXECUTE FUNCTION documents_keep();
CREATE TRIGGER issued_document_whole BEFORE TRUNCATE ON documents_issueddocument EXECUTE FUNCTION documents_keep();
CREATE TRIGGER stored_bytes_whole BEFORE TRUNCATE ON documents_storedbytes EXECUTE FUNCTION documents_keep();
"""

REVERT = """
DROP TRIGGER stored_bytes_whole ON documents_storedbytes;
DROP TRIGGER issued_document_whole ON documents_issueddocument;
DROP TRIGGER stored_bytes_kept ON documents_storedbytes;
DROP TRIGGER issued_document_kept ON documents_issueddocument;
DROP FUNCTION documents_keep();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [migrations.RunSQL(KEEP, REVERT)]
