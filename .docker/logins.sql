-- The two logins of the installation; run by a superuser in the portal's database after roles.sql, as often as wanted.
--   portal_migrator  becomes portal_owner: migrations, backup and restore
--   portal_web       becomes portal_app: web, worker and scheduler
-- Their passwords come from the environment: OWNER_PASSWORD and APP_PASSWORD. Running it again sets them anew.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD

SELECT format('CREATE ROLE %I LOGIN NOINHERIT', name)
FROM (VALUES ('portal_migrator'), ('portal_web')) AS wanted (name)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

ALTER ROLE portal_migrator PASSWORD :'owner_password';
ALTER ROLE portal_web PASSWORD :'app_password';
GRANT portal_owner TO portal_migrator;
GRANT portal_app TO portal_web;
-- Whoever hands out the connection, it begins in its role: a pooler may then share it.
ALTER ROLE portal_migrator SET role = 'portal_owner';
ALTER ROLE portal_web SET role = 'portal_app';
SELECT format('ALTER DATABASE %I OWNER TO portal_owner', current_database())
\gexec
