"""The database itself refuses to change the past, whoever asks."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit trail is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

-- Details may be erased when their time has come, by a transaction that says so; the event and its digest stay.
CREATE FUNCTION audit_refuse_unless_erasing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('portal.erasing', true), '') = 'by retention' THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'The audit trail is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

-- A chain only ever grows.
CREATE FUNCTION audit_chain_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.length = OLD.length + 1 AND NEW.name = OLD.name THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'A chain of the audit trail only grows, one event at a time' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER audit_event_kept BEFORE UPDATE OR DELETE ON audit_auditevent FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_event_whole BEFORE TRUNCATE ON audit_auditevent EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_payload_kept BEFORE UPDATE ON audit_auditpayload FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_payload_erased BEFORE DELETE ON audit_auditpayload
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_unless_erasing();
CREATE TRIGGER audit_payload_whole BEFORE TRUNCATE ON audit_auditpayload EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_chain_kept BEFORE UPDATE ON audit_auditchain FOR EACH ROW EXECUTE FUNCTION audit_chain_grows();
CREATE TRIGGER audit_chain_stays BEFORE DELETE ON audit_auditchain FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_chain_whole BEFORE TRUNCATE ON audit_auditchain EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER access_log_kept BEFORE UPDATE OR DELETE ON audit_accesslog FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER access_log_whole BEFORE TRUNCATE ON audit_accesslog EXECUTE FUNCTION audit_refuse();
"""

REVERT = """
DROP TRIGGER access_log_whole ON audit_accesslog;
DROP TRIGGER access_log_kept ON audit_accesslog;
DROP TRIGGER audit_chain_whole ON audit_auditchain;
DROP TRIGGER audit_chain_stays ON audit_auditchain;
DROP TRIGGER audit_chain_kept ON audit_auditchain;
DROP TRIGGER audit_payload_whole ON audit_auditpayload;
DROP TRIGGER audit_payload_erased ON audit_auditpayload;
DROP TRIGGER audit_payload_kept ON audit_auditpayload;
DROP TRIGGER audit_event_whole ON audit_auditevent;
DROP TRIGGER audit_event_kept ON audit_auditevent;
DROP FUNCTION audit_chain_grows();
DROP FUNCTION audit_refuse_unless_erasing();
DROP FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, REVERT)]
