// Where each fault is proved to be held: by a fault of `pnpm fault`, by a test, or by both. docs/reference/faults.md is made
// from this table, and a test that is not there stops that.
//
// The numbers are those of the fault catalogue that docs/threat-model.md refers to.

export interface ProofRow {
  readonly id: string
  /** What happens. */
  readonly what: string
  /** Names of faults in table.ts. */
  readonly faults?: readonly string[]
  /** `file › describe › title`; outer describes may be left out. */
  readonly tests?: readonly string[]
  /** What of it is not shown, in words; absent when all is. */
  readonly missing?: string
}

export interface ProofSection {
  readonly title: string
  readonly rows: readonly ProofRow[]
}

const ingest = (title: string): string => `collector/src/ingest/ingest.test.ts › ${title}`

export const proofs: readonly ProofSection[] = [
  {
    title: 'Spool and agent',
    rows: [
      { id: 'F-01', what: 'kill -9 under load', faults: ['agent-killed'], tests: ['agent/src/spool/spool-processes.test.ts › kill -9 of the writer › loses nothing that was promised, byte for byte, over and over'] },
      { id: 'F-02', what: 'power cut after every write, sync, rename and removal', faults: ['spool-power-cut'], tests: ['agent/src/spool/spool-model.test.ts › any life of a spool › holds, acknowledges or explains every number that it gave'] },
      { id: 'F-03', what: 'files that end early', faults: ['spool-cut'], tests: ['agent/src/spool/spool-damage.test.ts › a file that was cut › keeps every whole group wherever the last three groups are cut'] },
      { id: 'F-04', what: 'single flipped bits', faults: ['bit-flips'], tests: ['agent/src/spool/spool-damage.test.ts › a file that was overwritten › never delivers an altered activity, whichever bit was flipped'] },
      { id: 'F-05', what: 'files deleted, zeroed, or older copies', faults: ['spool-state'], tests: ['agent/src/spool/spool.test.ts › a spool that was rolled back › is noticed at the opening when an older copy of the database stands beside the state file'] },
      { id: 'F-06', what: 'killed half read, near the cap', faults: ['half-read'], tests: ['agent/src/spool/spool.test.ts › a full spool › obeys a smaller cap at once, and keeps its account over a restart'] },
      { id: 'F-07', what: 'full disk, full spool', faults: ['disk-full'], tests: ['agent/src/spool/spool-processes.test.ts › a full disk › refuses appends with SPOOL_IO, loses nothing promised, leaves no hole, and goes on when there is space again'] },
      { id: 'F-08', what: 'no space at a sync, a write, a new file, a rename, a gap record', faults: ['no-space'], missing: 'that gap records find room in the reserve is tried in full runs only, on a volume of 800 MiB; below that the reserve of 1 % is less than what may be written between two looks at the free space' },
      { id: 'F-09', what: 'EIO once, now and then, for good', faults: ['disk-fails'], tests: ['agent/src/spool/spool-processes.test.ts › a disk that fails › never has an append promised by a sync that failed, and goes on when the disk does', 'agent/src/runner/runner.test.ts › a disk that cannot write › holds activities back and then takes every one of them, in order'] },
      { id: 'F-10', what: 'no inode, no descriptor, read-only, folder gone', faults: ['no-handles'], tests: ['agent/src/spool/spool-damage.test.ts › damage while the spool is in use › saves everything through the open files when the whole folder is removed, and goes on under its own name'], missing: 'a folder that becomes unreadable (chmod 000) stops nobody who is root' },
      { id: 'F-11', what: 'activities of 0 bytes, the limit, one more, 8 MiB', faults: ['every-size'], tests: ['agent/src/spool/spool.test.ts › what does not belong into a spool › is refused with a code, and its neighbours are not affected'] },
      { id: 'F-12', what: 'large spool, little memory', faults: ['little-memory'], missing: '1 GiB is sent and its peak measured; no memory controller ends the agent (that is F-01)' },
      { id: 'F-13', what: 'two agents on one spool', faults: ['two-agents'], tests: ['agent/src/spool/spool-processes.test.ts › two agents on one folder › are kept apart, and the second is told the pid of the first'] },
      { id: 'F-14', what: 'told to stop under load', faults: ['stopped'] },
      { id: 'F-15', what: 'upgrade and back with a full spool', faults: ['upgraded'], tests: ['agent/src/spool/spool-damage.test.ts › a file that is gone or old › is refused, and left as it is, when a newer agent wrote it'] },
      { id: 'F-16', what: 'cloned, or set back by a snapshot', faults: ['cloned', 'spool-state'] },
      { id: 'F-17', what: 'clock set ten years ahead and back', faults: ['clock-set'], tests: ['agent/src/runner/clock-watch.test.ts › the clock › is watched for steps, not for drift, and sleep is no step'] },
      { id: 'F-18', what: 'flood by one user', faults: ['flooded'], tests: ['agent/src/runner/runner.test.ts › a disk that cannot write › keeps room for everybody else when one person floods, and tells when it began, whose it was and how many'] },
      { id: 'F-19', what: 'worker hangs or crashes again and again', faults: ['watchdog'] },
    ],
  },
  {
    title: 'Broker and network',
    rows: [
      { id: 'F-20', what: 'broker killed again and again', faults: ['broker-killed'] },
      { id: 'F-21', what: 'broker set back by a power cut', faults: ['broker-set-back'] },
      { id: 'F-22', what: 'broker wiped', faults: ['broker-wiped'] },
      { id: 'F-23', what: 'stream full', faults: ['stream-full'], tests: ['collector/src/bus/stream.test.ts › a stream that could lose activities › is not the declared one', 'agent/src/uplink/uplink.test.ts › a broker or collector that fails › says that the stream is full, keeps the spool, and goes on when there is room'] },
      { id: 'F-24', what: 'disk of the broker full', faults: ['broker-disk-full'] },
      { id: 'F-25', what: 'partition, longer than duplicates are remembered', faults: ['partition'] },
      { id: 'F-26', what: 'acknowledgements lost', faults: ['ack-lost'] },
      { id: 'F-27', what: 'resets within messages, altered bytes, half-open and slow connections', faults: ['bad-network'], missing: 'a half-open connection is noticed after three pings (up to 40 s), not two' },
      { id: 'F-28', what: 'the whole fleet comes back at once', faults: ['herd'], missing: 'schedules of 100,000 devices are computed; over real connections the peak was once above the limit of a small trial' },
      { id: 'F-29', what: 'devices come back with backlogs', faults: ['backlogs'] },
      { id: 'F-30', what: 'messages that cannot be taken', faults: ['poison'] },
      { id: 'F-31', what: 'killed between quarantine and the stream', faults: ['killed-in-quarantine'], tests: [ingest('leaves the stream only when it is in quarantine')] },
      { id: 'F-32', what: 'consumer and stream deleted or changed by an operator', faults: ['stream-taken-away'], missing: 'it is written to the log and put right; nobody is told by a notice' },
      { id: 'F-33', what: 'a device speaks for others and reaches for the broker', faults: ['rogue-device'], tests: ['test/e2e/uplink-permissions.test.ts › a device with its own credentials › can neither publish for another device, nor read its messages, nor reach JetStream or system subjects', 'collector/src/bus/bus.test.ts › what a device may do on the bus › cannot make the broker act for it by naming another subject as its reply'], missing: 'what the broker refuses stands in the collector’s log under the public key of the device; it is no fault of the device yet' },
      { id: 'F-34', what: 'message ids of another device used first', faults: ['poisoned-ids'], tests: ['agent/src/uplink/uplink-parts.test.ts › message ids › cannot be made without the seed of the device'] },
      { id: 'F-35', what: 'messages played again', faults: ['replayed'], tests: [ingest('is stored once, and its watermark is told again')] },
    ],
  },
  {
    title: 'Collector, store and alerts',
    rows: [
      { id: 'F-40', what: 'collector killed again and again', faults: ['collector-killed'] },
      { id: 'F-41', what: 'power cut of the database, log cut off', faults: ['store-power-cut'] },
      { id: 'F-42', what: 'a database that would not be durable', tests: ['collector/src/store/sqlite/sqlite-store.test.ts › the file › says how durable it is as read back from the engine', 'collector/src/store/sqlite/sqlite-store.test.ts › the file › that is no database is refused, and left as it is'] },
      { id: 'F-43', what: 'disk of the database full, locked, read-only, damaged', faults: ['database-fails'], tests: [ingest('a commit that fails acknowledges nothing and tells nobody'), 'collector/src/store/sqlite/sqlite-store.test.ts › the file › that is damaged in any of its first pages is refused or read, and the process lives'] },
      { id: 'F-44', what: 'restored from a backup made under load', faults: ['backup-restored'] },
      { id: 'F-45', what: 'SQLite moves to PostgreSQL under load, killed at each step', faults: ['moved'], tests: ['collector/src/store/postgres/postgres.test.ts › a PostgreSQL database › that a file of SQLite moves to (F-45) › cut short at each of its steps it is taken up again, and never are both of them the store', 'collector/src/store/postgres/postgres.test.ts › a PostgreSQL database › that a file of SQLite moves to (F-45) › a copy that differs is not believed, and the file stays the store'] },
      { id: 'F-46', what: 'PostgreSQL: line cut while it commits, deadlocks, server gone, settings that forget', tests: ['collector/src/store/postgres/postgres.test.ts › a PostgreSQL database › that goes away (F-46) › while it commits: whoever tries again finds out from what is there', 'collector/src/store/postgres/postgres.test.ts › a PostgreSQL database › that goes away (F-46) › two that would wait for each other for ever: one is told that it is busy, the other commits', 'collector/src/store/postgres/postgres.test.ts › a PostgreSQL database › that goes away (F-46) › and comes back: the store goes on without being opened again', 'collector/src/store/postgres/postgres.test.ts › a PostgreSQL database › that would forget › a commit that waits for no disk is refused, one that waits for this machine alone is not'] },
      { id: 'F-47', what: 'several processes of each role, restarted in turn', faults: ['two-collectors'] },
      { id: 'F-48', what: 'scoring fails for one person', faults: ['scoring-fails'], missing: 'a person who cannot be scored holds nobody up; where the database refuses to store the alert of one, the others of the same round wait too: the fault is BROKEN', tests: ['collector/src/evaluation/evaluation.test.ts › evaluation › who cannot be evaluated keeps the mark, is tried again later, and holds nobody up'] },
      { id: 'F-49', what: 'activities that arrive late', faults: ['late-activities'], tests: ['collector/src/evaluation/evaluation.test.ts › evaluation › a laptop that was away for a week is scored on the days on which it happened'] },
      { id: 'F-50', what: 'receivers of exports are ill', faults: ['siem-endpoint'] },
      { id: 'F-51', what: 'mixed faults at load on three brokers and two of each role', faults: ['mixed'], missing: 'the run of ten minutes has not held yet' },
    ],
  },
  {
    title: 'Policy, identity and enrolment',
    rows: [
      { id: 'F-36', what: 'devices revoked while they are connected, away or connecting', faults: ['revoked'] },
      { id: 'F-37', what: 'a false server: authority, end, name, TLS 1.1, no TLS', faults: ['false-server'] },
      { id: 'F-55', what: 'policies that are forged or meant for others', faults: ['forged-policy'] },
      { id: 'F-56', what: 'killed, or no disk, at every step of taking a policy', faults: ['policy-steps'] },
      { id: 'F-57', what: 'the key that signs policies is stolen', faults: ['stolen-key'] },
      { id: 'F-58', what: 'the same good policy for ever', faults: ['frozen'] },
      { id: 'F-59', what: 'a policy that crashes whoever tries it', faults: ['bad-policy'] },
      { id: 'F-60', what: 'codes and keys in the wrong hands', faults: ['enrolment-codes'] },
      { id: 'F-61', what: 'every device is refused for a time', faults: ['refusals'] },
    ],
  },
  {
    title: 'A hostile user on the device',
    rows: [
      { id: 'F-70', what: 'special files', faults: ['special-files'] },
      { id: 'F-71', what: 'links to files of others, swapped parents', faults: ['swapped-links'] },
      { id: 'F-72', what: 'hard links, files that change', faults: ['changing-files'] },
      { id: 'F-73', what: 'too large, too many, too deep', faults: ['too-much'] },
      { id: 'F-74', what: 'file systems that hang', faults: ['hung-mount'] },
      { id: 'F-75', what: 'odd names', faults: ['odd-names'] },
      { id: 'F-77', what: 'helpers killed, limits used up', faults: ['exhausted'] },
      { id: 'F-78', what: 'secrets looked for', faults: ['spied-on'] },
    ],
  },
  {
    title: 'Console, interface, exports, evidence and privacy',
    rows: [
      { id: 'F-85', what: 'every route for every role', tests: ['collector/src/http/routes-contract.test.ts › routes and roles › every route of the table has a sample, and every sample a route', 'collector/src/http/access/access-faults.test.ts › a token of a program › opens the routes of its scopes and no others: every route with every scope', 'collector/src/http/access/access-faults.test.ts › people out of sight › an account with a unit finds nobody else, in no list and under no address'] },
      { id: 'F-86', what: 'sorting, filtering and searching by hidden fields', tests: ['collector/src/http/access/fields.test.ts › a search by a hidden name finds nobody for who may not reveal'] },
      { id: 'F-87', what: 'guessing, replays and old sessions', tests: ['collector/src/http/sessions/sign-in.test.ts › passwords › the limit is exact under 200 guesses at once, and an address that is made up changes nothing', 'collector/src/http/sessions/sign-in.test.ts › codes of an authenticator app › a code lets in once; a replay is refused, also from another browser, and so is an earlier one', 'collector/src/http/sessions/sign-in.test.ts › sessions › end with any change of roles, units or the account'] },
      { id: 'F-88', what: 'scripts in names, other sites, headers', tests: ['collector/src/http/access/access-faults.test.ts › headers › stand on every answer, refusals and files included, with a nonce of its own each time', 'collector/src/http/bad-input.test.ts › signing in › gives a cookie that no script and no other site can use', 'test/e2e/evidence.test.ts › the content explorer › has run nothing of any file, and broken no rule of its own'] },
      { id: 'F-89', what: 'formulas in exported tables', tests: ['collector/src/http/alerts/alerts.test.ts › what leaves as a file › CSV holds what is filtered and nothing that a spreadsheet would run', 'collector/src/http/alerts/alerts.test.ts › what leaves as a file › JSON lines are the API’s documents, over more than one page'] },
      { id: 'F-90', what: 'records that would become two', tests: ['collector/src/exports/formats/formats.test.ts › CEF › no text can begin a field, a header part or a line of its own', 'collector/src/exports/senders/senders.test.ts › hostile names (they come from file names that a watched person chooses) › in a bulk request, in events of Splunk and in a file each stays one record'] },
      { id: 'F-91', what: 'the audit log changed by who owns the database', faults: ['audit-tampered'], tests: ['collector/src/audit/chain.test.ts › the audit chain › a log that was written anew from some point on is found by an anchor of what it was', 'collector/src/audit/anchors.test.ts › the anchors of the audit chain › betray a log whose tail was cut off, which the chain alone cannot'] },
      { id: 'F-92', what: 'an entry of the audit log that cannot be written', faults: ['database-fails'], tests: ['collector/src/http/privacy/privacy.test.ts › seeing a name › does not happen when the audit log cannot be written', 'collector/src/http/bad-input.test.ts › every look at a person and every change is written down › what cannot be written down does not happen'] },
      { id: 'F-93', what: 'custody of evidence', faults: ['custody'] },
      { id: 'F-94', what: 'names that are hidden', tests: ['collector/src/http/privacy/privacy.test.ts › a name that is hidden › stands in no answer of any route to any role, in no export, header, error or live message', 'collector/src/http/names.test.ts › names in what leaves the server › no kind of activity shows the account, wherever it stands in its paths'] },
      { id: 'F-95', what: 'erasing one person', tests: ['collector/src/http/privacy/privacy.test.ts › erasing one person › needs a second person, leaves pseudonymous counts, a chain that verifies, and no byte of the name in the files', 'collector/src/http/privacy/privacy.test.ts › erasing one person › comes again after a backup from before was restored'] },
      { id: 'F-96', what: 'an administrator who is curious', tests: ['collector/src/http/access/access-faults.test.ts › an administrator › reads nothing of any person: every route about people refuses', 'collector/src/http/access/access-faults.test.ts › an administrator › who gives themself a role is written down and announced to the others and to auditors, who cannot take that back'] },
      { id: 'F-97', what: 'files of HR that are garbage or break off', tests: ['collector/src/connectors/imports.test.ts › nothing is half imported › with bad rows left out the good ones are taken, and the bad ones named', 'collector/src/connectors/staged.test.ts › a collector that ends in the middle of a large import › leaves it whole or not there at all, wherever it ends'] },
    ],
  },
]
