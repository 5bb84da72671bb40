// Why a device is not well: every fault by name, how bad it is, what it says, and what to do. One table for the API, the
// console in both languages, the command line and docs/reference/device-health.md.
//
// `{name}` stands for a value that the fault carries. Thresholds are in `FAULT_LIMITS` and nowhere else.

/** `hint` does not make a device unwell. */
export type FaultSeverity = 'critical' | 'warning' | 'hint'

/** What of the console puts it right, where something does. */
export type FaultAction = 'group_settings' | 'quarantine' | 'enrol' | 're_key' | 'ledger' | 'notices' | 'sensors' | 'drill'

export interface FaultWords {
  readonly title: string
  readonly detail: string
  readonly fix: string
}

export interface FaultRow {
  readonly severity: FaultSeverity
  readonly action?: FaultAction
  /** From when on it is one, in words; the numbers are in `FAULT_LIMITS`. */
  readonly when: string
  readonly en: FaultWords
  readonly de: FaultWords
}

/** Milliseconds, shares and counts. */
export const FAULT_LIMITS = {
  /** Heartbeats of the group that may be missed, unless it says otherwise. */
  silentHeartbeats: 3,
  /** However short the heartbeats are. */
  silentLeastMs: 10_000,
  /** Heartbeats in which a device that holds activities gets none of them acknowledged. */
  notSendingHeartbeats: 6,
  notSendingLeastMs: 15_000,
  clockSkewMs: 5 * 60_000,
  spoolShare: 0.8,
  /** A policy that was made just now is on its way. */
  policyGraceHeartbeats: 2,
  policyGraceLeastMs: 15_000,
  /** The authority that devices trust; a new one takes enrolling anew. */
  authorityEndMs: 90 * 86_400_000,
  /** It is renewed 60 days before its end whenever the collector starts. */
  serverCertificateEndMs: 14 * 86_400_000,
} as const

export const deviceFaults = {
  REVOKED: {
    severity: 'critical', action: 'enrol', when: 'its credential was revoked',
    en: { title: 'Revoked', detail: 'Its credential was revoked.', fix: 'Enrol it with a new code to let it in again.' },
    de: { title: 'Widerrufen', detail: 'Seine Anmeldedaten wurden widerrufen.', fix: 'Mit einem neuen Code registrieren, um es wieder zuzulassen.' },
  },
  CLONED: {
    severity: 'critical', action: 're_key', when: 'two computers speak with its credential: heartbeats of two agents take turns, or it was cut off for that',
    en: { title: 'Cloned', detail: 'Two computers speak with its credential{names}.', fix: 'Its disk or its folder was copied. The computer that was enrolled gets another key by itself within a minute, and the copy is refused. If this stays, both look like the same hardware: take the key away here, then enrol each with a code of its own; golden images are made with holdfast-agent seal.' },
    de: { title: 'Geklont', detail: 'Zwei Computer sprechen mit seinen Anmeldedaten{names}.', fix: 'Seine Platte oder sein Ordner wurde kopiert. Der registrierte Computer bekommt innerhalb einer Minute von selbst einen anderen Schlüssel, und die Kopie wird abgewiesen. Bleibt dies stehen, sehen beide wie dieselbe Hardware aus: hier den Schlüssel entziehen, dann jeden mit einem eigenen Code registrieren; Vorlagen für Abbilder macht holdfast-agent seal.' },
  },
  NUMBERS_TWICE: {
    severity: 'critical', action: 're_key', when: 'an activity came under a number that another one has',
    en: { title: 'Numbers twice', detail: '{count} activities came under numbers that others have already; both are kept, the later ones in quarantine.', fix: 'Its disk was copied to another device, or set back to an earlier state. Enrol each copy with a code of its own; if nobody did that, somebody plays activities in under its name.' },
    de: { title: 'Nummern doppelt', detail: '{count} Aktivitäten kamen unter Nummern, die andere schon haben; beide sind aufbewahrt, die späteren in Quarantäne.', fix: 'Seine Platte wurde auf ein anderes Gerät kopiert oder auf einen früheren Stand zurückgesetzt. Jede Kopie mit einem eigenen Code registrieren; hat das niemand getan, spielt jemand unter seinem Namen Aktivitäten ein.' },
  },
  UNEXPLAINED_GAP: {
    severity: 'critical', action: 'ledger', when: 'a number below the highest neither arrived nor is explained',
    en: { title: 'Unexplained gap', detail: '{count} activities neither arrived nor are explained.', fix: 'Look at its loss ledger. If the agent holds them it sends them again; otherwise somebody may have changed its spool.' },
    de: { title: 'Ungeklärte Lücke', detail: '{count} Aktivitäten sind weder angekommen noch erklärt.', fix: 'Das Verlustbuch ansehen. Hat der Agent sie noch, sendet er sie erneut; sonst hat vielleicht jemand seinen Spool verändert.' },
  },
  PROGRAM_CHANGED: {
    severity: 'critical', when: 'the hash of its program became another without another version; for 30 days',
    en: { title: 'Program changed', detail: 'The agent’s program became another at {at}, and no upgrade explains it.', fix: 'Compare its files with those of the package, and install it again. It stays here until then, for 30 days at most.' },
    de: { title: 'Programm verändert', detail: 'Das Programm des Agenten wurde {at} ein anderes, und keine Aktualisierung erklärt es.', fix: 'Seine Dateien mit denen des Pakets vergleichen und neu installieren. Der Fehler bleibt bis dahin, höchstens 30 Tage.' },
  },
  CLOCK_MOVED: {
    severity: 'warning', when: 'its clock stepped by more than 5 minutes against the collector’s; for 30 days',
    en: { title: 'Clock moved', detail: 'Its clock moved by {by} at {at}.', fix: 'Times of its activities from before and after do not compare; they keep their order. Find out who set it. It stays here for 30 days.' },
    de: { title: 'Uhr verstellt', detail: 'Seine Uhr sprang {at} um {by}.', fix: 'Zeiten seiner Aktivitäten von vorher und nachher sind nicht vergleichbar; ihre Reihenfolge bleibt. Herausfinden, wer sie gestellt hat. Der Fehler bleibt 30 Tage.' },
  },
  NEVER_SEEN: {
    severity: 'warning', when: 'it was enrolled and never reported',
    en: { title: 'Never connected', detail: 'It was enrolled and has not connected since.', fix: 'Start the agent: holdfast-agent run. If it runs, check that the device reaches the NATS port of the collector.' },
    de: { title: 'Nie verbunden', detail: 'Es wurde registriert und hat sich seither nicht verbunden.', fix: 'Den Agenten starten: holdfast-agent run. Läuft er, prüfen, ob das Gerät den NATS-Port des Collectors erreicht.' },
  },
  OFFLINE: {
    severity: 'critical', when: '3 heartbeats of its group were missed (the group may say another number), at least 10 s',
    en: { title: 'Not connecting', detail: 'Nothing was heard of it for {time}.', fix: 'Switched off or away: nothing to do, its spool is sent when it returns. Otherwise run holdfast-agent doctor on it.' },
    de: { title: 'Keine Verbindung', detail: 'Seit {time} war nichts von ihm zu hören.', fix: 'Ausgeschaltet oder unterwegs: nichts zu tun, sein Spool wird bei der Rückkehr gesendet. Sonst dort holdfast-agent doctor ausführen.' },
  },
  NOT_SENDING: {
    severity: 'critical', when: 'it is connected and holds activities, and none was acknowledged for 6 heartbeats, at least 15 s',
    en: { title: 'Not sending', detail: 'It is connected, and {count} activities wait on it since {time}; none arrives.', fix: 'Look whether the collector takes activities (its disk, its log, quarantine), then at the log of the agent.' },
    de: { title: 'Sendet nicht', detail: 'Es ist verbunden, doch {count} Aktivitäten warten dort seit {time}; keine kommt an.', fix: 'Prüfen, ob der Collector Aktivitäten annimmt (Platte, Protokoll, Quarantäne), dann das Protokoll des Agenten ansehen.' },
  },
  INGEST_REJECTED: {
    severity: 'critical', action: 'quarantine', when: 'a message of it is in quarantine and was not replayed',
    en: { title: 'Ingest rejected', detail: '{count} of its messages could not be read or trusted and are in quarantine.', fix: 'Look at the reason in quarantine. Upgrade the older one of agent and collector, then replay them; if the agent is of this release, somebody else may send under its name.' },
    de: { title: 'Annahme verweigert', detail: '{count} seiner Nachrichten waren nicht lesbar oder nicht vertrauenswürdig und sind in Quarantäne.', fix: 'Den Grund in der Quarantäne ansehen. Agent oder Collector, was älter ist, aktualisieren und erneut einspielen; ist der Agent aktuell, sendet vielleicht jemand anders unter seinem Namen.' },
  },
  SAFE_MODE: {
    severity: 'critical', when: 'it says so: it crashed again and again',
    en: { title: 'Safe mode', detail: 'It runs in safe mode and watches nothing. {reason}', fix: 'It tries again by itself. Change the policy of its group, or restart the agent, to try at once; its log says what crashed.' },
    de: { title: 'Abgesicherter Modus', detail: 'Es läuft im abgesicherten Modus und beobachtet nichts. {reason}', fix: 'Es versucht es von selbst erneut. Für einen sofortigen Versuch die Richtlinie der Gruppe ändern oder den Agenten neu starten; sein Protokoll sagt, was abgestürzt ist.' },
  },
  SENSOR_BLIND: {
    severity: 'critical', action: 'sensors', when: 'a sensor is of the tier blind',
    en: { title: 'Sensor blind', detail: '{sensor} sees nothing{reason}.', fix: '{fix}' },
    de: { title: 'Sensor blind', detail: '{sensor} sieht nichts{reason}.', fix: '{fix}' },
  },
  SENSOR_DEGRADED: {
    severity: 'warning', action: 'sensors', when: 'a sensor is of the tier degraded',
    en: { title: 'Sensor degraded', detail: '{sensor} sees less than it should{reason}.', fix: '{fix}' },
    de: { title: 'Sensor eingeschränkt', detail: '{sensor} sieht weniger als es sollte{reason}.', fix: '{fix}' },
  },
  WATCH_LIMIT: {
    severity: 'warning', action: 'group_settings', when: 'a sensor ran out of watches of the kernel',
    en: { title: 'Watch limit low', detail: '{sensor} ran out of file watches{reason}.', fix: 'On the device: sysctl fs.inotify.max_user_watches=1048576 (and the same line in /etc/sysctl.d). Or watch fewer folders, or run the agent as root.' },
    de: { title: 'Zu wenige Beobachtungen', detail: '{sensor} hat keine Dateibeobachtungen mehr{reason}.', fix: 'Auf dem Gerät: sysctl fs.inotify.max_user_watches=1048576 (und dieselbe Zeile in /etc/sysctl.d). Oder weniger Ordner beobachten, oder den Agenten als root ausführen.' },
  },
  SPOOL_FAILING: {
    severity: 'critical', when: 'it says that its spool cannot be written',
    en: { title: 'Disk fails', detail: 'Its spool cannot be written ({problem}); what it sees waits in its memory.', fix: 'Look at the disk of the device: full, read-only or failing. It goes on by itself when it can write again; what no longer fits into its memory meanwhile is counted in a gap record.' },
    de: { title: 'Platte versagt', detail: 'Sein Spool lässt sich nicht schreiben ({problem}); was es sieht, wartet im Arbeitsspeicher.', fix: 'Die Platte des Geräts ansehen: voll, schreibgeschützt oder defekt. Es macht von selbst weiter, sobald es wieder schreiben kann; was bis dahin nicht in den Speicher passt, zählt eine Lückenmeldung.' },
  },
  SPOOL_FILLING: {
    severity: 'warning', action: 'group_settings', when: 'its spool is more than 80 % full',
    en: { title: 'Spool filling', detail: 'Its spool is {share} % full.', fix: 'Check that the collector takes activities (its disk, its log); raise spoolMaxBytes of the group if it was away for long.' },
    de: { title: 'Spool füllt sich', detail: 'Sein Spool ist zu {share} % voll.', fix: 'Prüfen, ob der Collector Aktivitäten annimmt (Platte, Protokoll); spoolMaxBytes der Gruppe erhöhen, falls es lange weg war.' },
  },
  SPOOL_DROPPED: {
    severity: 'warning', action: 'group_settings', when: 'it had to drop an activity',
    en: { title: 'Activities dropped', detail: 'It had to drop {count} activities; gap records say which.', fix: 'Raise spoolMaxBytes of the group.' },
    de: { title: 'Aktivitäten verworfen', detail: 'Es musste {count} Aktivitäten verwerfen; Lückeneinträge sagen, welche.', fix: 'spoolMaxBytes der Gruppe erhöhen.' },
  },
  CLOCK_SKEW: {
    severity: 'warning', when: 'its clock differs from the collector’s by more than 5 minutes',
    en: { title: 'Clock skew', detail: 'Its clock is {by} off.', fix: 'Switch time synchronisation on.' },
    de: { title: 'Uhr falsch', detail: 'Seine Uhr geht um {by} falsch.', fix: 'Zeitsynchronisation einschalten.' },
  },
  POLICY_FORGED: {
    severity: 'critical', when: 'it refused a policy of a later version than it should run, which is not signed as it must be or is for somebody else',
    en: { title: 'Forged policy', detail: 'It refused policy version {version}, which this collector never made ({reason}).', fix: 'Somebody who can speak over NATS sends it policies: change the bus user (holdfast keys rotate bus-user), look at who has keys/ and its backups, and see docs/operations/keys.md. It stays here until the next policy.' },
    de: { title: 'Gefälschte Richtlinie', detail: 'Es hat die Richtlinie Version {version} abgelehnt, die dieser Collector nie erstellt hat ({reason}).', fix: 'Jemand, der über NATS sprechen kann, schickt ihm Richtlinien: den Bus-Benutzer wechseln (holdfast keys rotate bus-user), prüfen, wer keys/ und dessen Sicherungen hat, und docs/operations/keys.md lesen. Der Fehler bleibt bis zur nächsten Richtlinie.' },
  },
  POLICY_REFUSED: {
    severity: 'critical', when: 'it says that it refused the wanted policy',
    en: { title: 'Policy refused', detail: 'It refused policy version {version}: {reason}; version {running} still runs.', fix: 'Look the reason up in the error reference, and at the log of the agent.' },
    de: { title: 'Richtlinie abgelehnt', detail: 'Es hat Version {version} der Richtlinie abgelehnt: {reason}; Version {running} läuft weiter.', fix: 'Den Grund in der Fehlerliste nachsehen, dazu das Protokoll des Agenten.' },
  },
  POLICY_BEHIND: {
    severity: 'warning', when: 'it runs another policy than the wanted one, two heartbeats after that was made, at least 15 s',
    en: { title: 'Policy behind', detail: 'It runs policy version {running}; version {version} is wanted.', fix: 'It is sent again with each heartbeat. If this stays, look at the log of the agent.' },
    de: { title: 'Richtlinie veraltet', detail: 'Es läuft Version {running} der Richtlinie; gewünscht ist Version {version}.', fix: 'Sie wird mit jedem Lebenszeichen erneut gesendet. Bleibt der Fehler, das Protokoll des Agenten ansehen.' },
  },
  POLICY_STALE: {
    severity: 'warning', when: 'the policy that it runs has ended',
    en: { title: 'Policy stale', detail: 'The policy that it runs ended at {at}; it goes on with it.', fix: 'A fresh one is sent with each heartbeat. If it is not taken, set the clock of the device and look at the log of the agent.' },
    de: { title: 'Richtlinie abgelaufen', detail: 'Die laufende Richtlinie endete {at}; sie gilt dort weiter.', fix: 'Eine frische wird mit jedem Lebenszeichen gesendet. Wird sie nicht genommen, die Uhr des Geräts stellen und das Protokoll des Agenten ansehen.' },
  },
  CERTIFICATE_ENDS: {
    severity: 'warning', when: 'the authority that it trusts ends within 90 days, or the collector’s certificate within 14',
    en: { title: 'Certificate near expiry', detail: '{what} ends at {at}. After that the device cannot connect.', fix: 'Certificate of the collector: restart it, it renews itself. Authority: holdfast keys rotate authority, in three steps; devices stay enrolled.' },
    de: { title: 'Zertifikat läuft ab', detail: '{what} endet {at}. Danach kann sich das Gerät nicht verbinden.', fix: 'Zertifikat des Collectors: neu starten, es erneuert sich. Zertifizierungsstelle: holdfast keys rotate authority, in drei Schritten; Geräte bleiben registriert.' },
  },
  NEVER_DRILLED: {
    severity: 'hint', action: 'drill', when: 'it never had a fire drill',
    en: { title: 'Never drilled', detail: 'Nobody has tried yet whether what happens on it is seen.', fix: 'Run holdfast-agent drill on it, as root; it takes a minute and counts for nobody.' },
    de: { title: 'Nie erprobt', detail: 'Noch niemand hat erprobt, ob gesehen wird, was dort geschieht.', fix: 'Dort holdfast-agent drill als root ausführen; das dauert eine Minute und zählt für niemanden.' },
  },
} as const satisfies Record<string, FaultRow>

export type FaultCode = keyof typeof deviceFaults
export const FAULT_CODES = Object.keys(deviceFaults) as readonly FaultCode[]
export const isFaultCode = (name: string): name is FaultCode => Object.hasOwn(deviceFaults, name)

/** A fault that a device has. `detail` and `fix` are the English words with the values put in. */
export interface DeviceFault {
  readonly code: FaultCode
  readonly severity: FaultSeverity
  readonly action?: FaultAction
  readonly detail: string
  readonly fix: string
  readonly values: Readonly<Record<string, string>>
}

/** Puts values into a sentence of the table. */
export const fillWords = (text: string, values: Readonly<Record<string, string>>): string => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')

export function deviceFault(code: FaultCode, values: Readonly<Record<string, string | number>> = {}): DeviceFault {
  const row: FaultRow = deviceFaults[code]
  const texts = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]))
  return { code, severity: row.severity, ...(row.action === undefined ? {} : { action: row.action }), detail: fillWords(row.en.detail, texts), fix: fillWords(row.en.fix, texts), values: texts }
}
