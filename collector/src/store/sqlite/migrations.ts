// The schema, as steps that are never changed once released. PRAGMA user_version counts the steps taken.
//
// Ids of devices, epochs and users are interned as integers: the activity table is the one that grows. Its body is the
// bytes that the device sent; the columns beside it are what queries need. A row is found by (epoch, seq) for the
// guard against doubles, and by (user, occurred_at) for the pages of a person.
import { alertMigration } from '../sql/alerts.ts'
import { caseMigration } from '../sql/cases.ts'
import { privacyMigration } from '../sql/privacy.ts'
import { drillMigration } from '../sql/drills.ts'
import { fleetMigration } from '../sql/fleet.ts'
import { liveMigration } from '../sql/live.ts'
import { evidenceMigration } from '../sql/evidence.ts'
import { exportMigration } from '../sql/exports.ts'
import { reportMigration } from '../sql/reports.ts'
import { escalationMigration } from '../sql/escalation.ts'
import { enrolmentMigration } from '../sql/enrolment.ts'
import { agentPackageMigration } from '../sql/agent-packages.ts'
import { rolloutMigration } from '../sql/rollouts.ts'

export const migrations: readonly string[] = [
  `
  CREATE TABLE device (
    k INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, hostname TEXT NOT NULL, os TEXT NOT NULL, grp TEXT NOT NULL, hardware_id TEXT NOT NULL UNIQUE, public_key TEXT NOT NULL,
    status TEXT NOT NULL, enrolled_at INTEGER NOT NULL, last_seen_at INTEGER, report TEXT
  ) STRICT;
  CREATE INDEX device_grp ON device (grp);
  CREATE TABLE epoch (k INTEGER PRIMARY KEY, device INTEGER NOT NULL REFERENCES device (k), epoch TEXT NOT NULL, UNIQUE (device, epoch)) STRICT;
  CREATE TABLE ledger (epoch INTEGER NOT NULL REFERENCES epoch (k), first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL, kind TEXT NOT NULL, reason TEXT, PRIMARY KEY (epoch, kind, first_seq)) STRICT, WITHOUT ROWID;

  CREATE TABLE person (k INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, pseudonym TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL, kind TEXT NOT NULL, doc TEXT NOT NULL) STRICT;
  CREATE TABLE identity (kind TEXT NOT NULL, value TEXT NOT NULL, person INTEGER NOT NULL REFERENCES person (k), PRIMARY KEY (kind, value)) STRICT, WITHOUT ROWID;
  CREATE INDEX identity_person ON identity (person);
  CREATE TABLE mark (person INTEGER PRIMARY KEY REFERENCES person (k), mark INTEGER NOT NULL) STRICT;

  CREATE TABLE activity (
    k INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, person INTEGER NOT NULL, kind INTEGER NOT NULL, occurred_at INTEGER NOT NULL, received_at INTEGER NOT NULL, body BLOB NOT NULL,
    UNIQUE (epoch, seq)
  ) STRICT;
  CREATE INDEX activity_person ON activity (person, occurred_at);

  CREATE TABLE insight (
    person INTEGER NOT NULL, day INTEGER NOT NULL, indicator TEXT NOT NULL, events INTEGER NOT NULL, bytes INTEGER NOT NULL, priority_events INTEGER NOT NULL, sensitive_events INTEGER NOT NULL,
    excluded_events INTEGER NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, files TEXT NOT NULL, samples TEXT NOT NULL, PRIMARY KEY (person, day, indicator)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE alert (
    id TEXT PRIMARY KEY, policy_id TEXT NOT NULL, person INTEGER NOT NULL, status TEXT NOT NULL, severity TEXT NOT NULL, score INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    decided_at INTEGER, assignee_id TEXT, doc TEXT NOT NULL
  ) STRICT;
  CREATE INDEX alert_person ON alert (person);
  CREATE INDEX alert_created_at ON alert (created_at, id);
  CREATE INDEX alert_updated_at ON alert (updated_at, id);
  CREATE INDEX alert_score ON alert (score, id);
  CREATE INDEX alert_status ON alert (status, severity);
  CREATE TABLE alert_history (k INTEGER PRIMARY KEY, alert_id TEXT NOT NULL, at INTEGER NOT NULL, actor_id TEXT NOT NULL, what TEXT NOT NULL, from_value TEXT, to_value TEXT, note TEXT) STRICT;
  CREATE INDEX alert_history_alert ON alert_history (alert_id);

  CREATE TABLE policy (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, doc TEXT NOT NULL) STRICT;
  CREATE TABLE agent_policy (grp TEXT PRIMARY KEY, version INTEGER NOT NULL, hash TEXT NOT NULL, signed BLOB NOT NULL, readable TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT;
  CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  CREATE TABLE account (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, password_hash TEXT NOT NULL, roles TEXT NOT NULL, disabled INTEGER NOT NULL, created_at INTEGER NOT NULL, password_changed_at INTEGER NOT NULL) STRICT;
  CREATE TABLE session (token_hash TEXT PRIMARY KEY, account_id TEXT NOT NULL, created_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, address TEXT NOT NULL, user_agent TEXT NOT NULL) STRICT;
  CREATE INDEX session_account ON session (account_id);
  CREATE TABLE enrolment_code (
    id TEXT PRIMARY KEY, secret_hash TEXT NOT NULL UNIQUE, grp TEXT NOT NULL, max_uses INTEGER NOT NULL, uses INTEGER NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, created_by TEXT NOT NULL,
    revoked INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE audit (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor_id TEXT NOT NULL, actor_name TEXT NOT NULL, action TEXT NOT NULL, target_kind TEXT NOT NULL, target_id TEXT NOT NULL, detail TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
  CREATE TRIGGER audit_is_append_only_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
  CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

  CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, subject TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL, tries INTEGER NOT NULL, bytes BLOB NOT NULL, bytes_hash TEXT NOT NULL, replayed_at INTEGER,
    UNIQUE (subject, bytes_hash)
  ) STRICT;
  `,
  // Marks are taken in the order in which they were made, so that nobody waits for ever behind others who are always busy.
  // A mark begins at a random number: one that is taken away and made again must not look like the one before.
  `
  ALTER TABLE mark ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX mark_since ON mark (since, person);
  `,
  // What comes from outside: triggering events, what a connector has seen already, its runs, and what lets it in.
  `
  CREATE TABLE trigger_event (id TEXT PRIMARY KEY, person INTEGER NOT NULL REFERENCES person (k), kind TEXT NOT NULL, at INTEGER NOT NULL, source TEXT NOT NULL, doc TEXT NOT NULL) STRICT;
  CREATE INDEX trigger_event_person ON trigger_event (person, at);
  CREATE INDEX trigger_event_at ON trigger_event (at, id);
  CREATE TABLE priority_group (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, doc TEXT NOT NULL) STRICT;
  CREATE TABLE connector_item (connector TEXT NOT NULL, key BLOB NOT NULL, value TEXT NOT NULL, PRIMARY KEY (connector, key)) STRICT, WITHOUT ROWID;
  CREATE TABLE connector_run (k INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, connector TEXT NOT NULL, at INTEGER NOT NULL, doc TEXT NOT NULL) STRICT;
  CREATE INDEX connector_run_connector ON connector_run (connector, k);
  CREATE TABLE scim_resource (kind TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, external_id TEXT, doc TEXT NOT NULL, PRIMARY KEY (kind, id), UNIQUE (kind, name)) STRICT;
  CREATE INDEX scim_resource_external ON scim_resource (kind, external_id);
  CREATE TABLE api_token (id TEXT PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, doc TEXT NOT NULL) STRICT;
  `,
  // What an insight grew by, and its amount in the measure of its indicator with the bucket of that, for what is usual among others.
  // Insights from before know neither; they fall out of the statistics within weeks.
  `
  ALTER TABLE insight ADD COLUMN unallowed_events INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE insight ADD COLUMN weight_tenths INTEGER;
  ALTER TABLE insight ADD COLUMN hours TEXT;
  ALTER TABLE insight ADD COLUMN priority_by TEXT;
  ALTER TABLE insight ADD COLUMN amount REAL NOT NULL DEFAULT 0;
  ALTER TABLE insight ADD COLUMN bucket INTEGER NOT NULL DEFAULT -1;
  CREATE INDEX insight_media ON insight (person, day) WHERE indicator IN ('copy_to_removable_media', 'volume_to_removable_media', 'removable_media_mounted', 'copy_from_removable_media');
  `,
  // Activities that somebody found benign, and the risk levels of users.
  `
  CREATE TABLE dismissed_activity (activity TEXT PRIMARY KEY, person INTEGER NOT NULL REFERENCES person (k), occurred_at INTEGER NOT NULL, doc TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX dismissed_activity_person ON dismissed_activity (person, occurred_at);
  CREATE TABLE risk_level (person INTEGER PRIMARY KEY REFERENCES person (k), level TEXT NOT NULL, rank INTEGER NOT NULL, expires_at INTEGER, doc TEXT NOT NULL) STRICT;
  CREATE INDEX risk_level_rank ON risk_level (rank, expires_at);
  `,
  // Agent policies of single devices, above those of their groups.
  `
  CREATE TABLE device_policy (device TEXT PRIMARY KEY REFERENCES device (id), grp TEXT NOT NULL, version INTEGER NOT NULL, hash TEXT NOT NULL, signed BLOB NOT NULL, readable TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, why TEXT) STRICT;
  `,
  // Facts of a large import, until all of them are applied.
  `
  CREATE TABLE import_stage (run TEXT NOT NULL, seq INTEGER NOT NULL, facts BLOB NOT NULL, PRIMARY KEY (run, seq)) STRICT, WITHOUT ROWID;
  `,
  // A user of whom time alone will say more stays marked until then.
  `
  ALTER TABLE mark ADD COLUMN due INTEGER NOT NULL DEFAULT 0;
  `,
  // Accounts grow: units, second factors, preferences; a session knows how it began. Where people are is what units ask for.
  `
  ALTER TABLE account ADD COLUMN doc TEXT NOT NULL DEFAULT '{}';
  CREATE UNIQUE INDEX account_sso ON account (doc ->> '$.sso.issuer', doc ->> '$.sso.subject') WHERE doc ->> '$.sso.subject' IS NOT NULL;
  ALTER TABLE session ADD COLUMN doc TEXT NOT NULL DEFAULT '{}';
  CREATE TABLE unit (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, doc TEXT NOT NULL) STRICT;
  CREATE INDEX person_department ON person (doc ->> 'department');
  CREATE INDEX person_country ON person (doc ->> 'country');
  `,
  // Cases, notices and mail.
  caseMigration,
  // The queue's filters, views that people keep, deeds that can be undone, and activities that were looked at.
  alertMigration,
  // Requests to see a name or to erase a person, keys of people, holds, retention, and a log whose start may be signed away.
  privacyMigration,
  // Evidence and its custody.
  evidenceMigration,
  // What goes to other systems.
  exportMigration,
  // Reports on users, links to them, and whose activities were reviewed.
  reportMigration,
  // Bundles of cases, tickets in other systems, links between accounts.
  escalationMigration,
  // Fire drills of devices.
  drillMigration,
  // Notices on the fleet, and what administrators wrote down of devices.
  fleetMigration,
  // Roll-outs of agent policies.
  rolloutMigration,
  // Enrolment codes that ask for approval, and who waits for it.
  enrolmentMigration,
  // Exceptions for removable media, and questions to devices.
  liveMigration,
  // Releases of the agent, and their way to devices.
  agentPackageMigration,
]
