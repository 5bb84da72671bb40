import type { Translated } from '../catalogue.ts'
import type { devices as english } from '../en/devices.ts'

export const devices: Translated<typeof english> = {
  devices: {
    title: 'Geräte', table: 'Geräte', add: 'Gerät hinzufügen', search: 'Nach Hostname suchen', searchLabel: 'Geräte durchsuchen',
    column: { hostname: 'Gerät', health: 'Zustand', policy: 'Richtlinie', sensors: 'Sensoren', group: 'Gruppe', lastSeen: 'Zuletzt gesehen', agent: 'Agent' },
    health: { healthy: 'Fehlerfrei', degraded: 'Eingeschränkt', offline: 'Offline', never_seen: 'Nie gesehen', revoked: 'Widerrufen' },
    policyState: { current: 'Aktuell', behind: 'Veraltet', refused: 'Abgelehnt', unknown: 'Nicht gemeldet' },
    revision: 'gewünscht {{wanted}}, läuft {{running}}', runningNone: 'keine', unexplained: '{{count}} ungeklärt',
    tier: { full: 'voll', degraded: 'eingeschränkt', blind: 'blind', off: 'aus' }, tierCount: '{{count}} {{tier}}',
    never: { title: 'Noch kein Gerät', body: 'Einen Registrierungscode erstellen und eine Zeile auf dem Gerät ausführen. Das dauert eine Minute.' }, filtered: { title: 'Kein Gerät passt', body: 'Suche ändern oder zurücksetzen.' },
  },
  device: {
    faults: 'Was nicht stimmt', fix: 'Was zu tun ist', sensors: 'Sensoren', sensor: 'Sensor', tier: 'Sieht', reason: 'Warum', selfTest: 'Selbsttest', passed: 'bestanden', failed: 'fehlgeschlagen', notRun: 'nicht gelaufen', emitted: 'Aktivitäten', watches: 'Beobachtet', noSensors: 'Das Gerät hat seine Sensoren noch nicht gemeldet.',
    ledger: 'Verlustbuch', ledgerHint: 'Laufende Nummern des Spools: was ankam, was mit Grund fehlt und was ohne Grund fehlt.', ledgerNone: 'Bisher ist nichts angekommen.', epoch: 'Spool', range: 'Nummern', count: 'Anzahl', kind: 'Zustand', kinds: { received: 'Empfangen', gap: 'Lücke, erklärt', unexplained: 'Ungeklärt' }, gapReason: 'Grund',
    spool: 'Spool auf dem Gerät', spoolWaiting: '{{count}} wartend', spoolUse: '{{bytes}} von {{max}}', spooledInAll: 'bisher {{number}} Aktivitäten', dropped: '{{count}} verworfen, jede durch einen Lückeneintrag belegt', usageText: '{{memory}} Speicher, {{cpu}} Prozessorzeit', policy: 'Agent-Richtlinie', wanted: 'Gewünscht', running: 'Läuft', appliedAt: 'Angewendet', stricter: 'Strenger wegen', stricterLevel_minor: '{{users}} (geringe Risikostufe), seit', stricterLevel_moderate: '{{users}} (mittlere Risikostufe), seit', stricterLevel_elevated: '{{users}} (erhöhte Risikostufe), seit', refused: 'Abgelehnt: {{reason}}', watching: 'Was es beobachtet', watchingNone: 'Für seine Gruppe ist noch keine Richtlinie erstellt.',
    facts: 'Fakten', os: 'System', kernel: 'Kernel', agent: 'Agent', elevated: 'Läuft als root', accounts: 'Angemeldete Konten', enrolled: 'Registriert', id: 'ID', group: 'Gruppe',
    revoke: 'Widerrufen …', revokeTitle: '{{hostname}} widerrufen', revokeBody: 'Seine Anmeldedaten gelten binnen einer Minute nicht mehr. Bereits Gesendetes bleibt. Für eine Rückkehr muss es mit einem neuen Code registriert werden.', revokeSubmit: 'Widerrufen', revoked: 'Widerrufen', activities: 'Letzte Aktivitäten', noActivities: 'Noch keine Aktivität von diesem Gerät.',
  },
  enrol: {
    title: 'Gerät hinzufügen', group: 'Gruppe', uses: 'Anzahl Geräte, für die er gilt', hours: 'Gültig, Stunden', create: 'Code erstellen', code: 'Registrierungscode', once: 'Der Code wird nur jetzt gezeigt. Wer ihn hat, kann ein Gerät registrieren.', expires_one: 'Gültig bis {{at}}, für {{count}} Gerät, Gruppe {{group}}.', expires_other: 'Gültig bis {{at}}, für {{count}} Geräte, Gruppe {{group}}.', run: 'Auf dem Gerät als root oder Administrator ausführen:', system: 'Betriebssystem',
    linux: 'Linux', macos: 'macOS', windows: 'Windows', copyCommand: 'Befehl kopieren', waiting: 'Warten auf das Gerät …', stepCode: 'Code erstellt', stepEnrolled: 'Gerät registriert', stepHeartbeat: 'Erste Meldung empfangen', enrolledAs: '{{hostname}} ist registriert', done: 'Das Gerät ist registriert und meldet sich.', openDevice: 'Gerät öffnen', closeHint: 'Dieses Fenster kann geschlossen werden; der Code bleibt gültig.', codes: 'Registrierungscodes', stuck: 'Noch nichts? Auf dem Gerät sagt `holdfast-agent doctor`, was im Weg ist: Uhr, Name, Proxy oder Zertifikat.', windowsNote: 'In einem PowerShell-Fenster als Administrator.',
    table: { created: 'Erstellt', by: 'Von', group: 'Gruppe', uses: 'Verwendet', expires: 'Läuft ab', state: 'Zustand' }, states: { open: 'Offen', used_up: 'Aufgebraucht', expired: 'Abgelaufen', revoked: 'Widerrufen' }, noCodes: 'Noch kein Code erstellt.',
  },
  allowedMedia: {
    legend: 'Erlaubte Datenträger', intro: 'Sticks, Karten, Telefone und Kameras, die an Geräten dieser Gruppe sein dürfen, etwa solche, die die Organisation ausgibt. Was mit ihnen geschieht, bleibt sichtbar und zählt nicht.', none: 'Keiner ist erlaubt.', add: 'Datenträger erlauben', remove: 'Entfernen', entry: 'Erlaubter Datenträger {{number}}', what: 'Was', device: 'Hersteller:Produkt:Seriennummer', reason: 'Grund', until: 'Bis',
    copies: 'Auch Kopien', ended: 'Abgelaufen', users_one: 'Für {{count}} Person', users_other: 'Für {{count}} Personen', badDevice: 'Vier Hexziffern, ein Doppelpunkt, vier Hexziffern, und nach einem weiteren Doppelpunkt die Seriennummer, wenn ein einzelnes Gerät gemeint ist.',
    kind: { usb: 'Ein USB-Gerät', mass_storage: 'Alle Platten und Sticks', card: 'Alle Speicherkarten', optical: 'Alle Discs', mtp: 'Alle Telefone (MTP)', ptp: 'Alle Kameras (PTP)', bluetooth: 'Alle Bluetooth-Leitungen' },
  },
  transfers: {
    legend: 'Programme, die Dateien senden', intro: 'Etwa curl, scp, rsync und rclone, mit dem Ziel; dazu Dateien, die Browser, Mail- und Chat-Programme öffnen. Ein Browser verrät niemandem, wohin er eine Datei sendet, darum gilt ein solches Lesen nur als möglich.', uploads: 'Dateien melden, die Browser, Mail- und Chat-Programme öffnen',
    knownDestinations: 'Ziele der Organisation', allowedPrograms: 'Erlaubte Programme', badDestination: 'Ein Host wie backup.example.org, .example.org für alles darunter, oder s3://bucket; ohne Pfad und Benutzernamen.', badProgram: 'Nur Namen von Programmdateien: Buchstaben, Ziffern, Punkt, Bindestrich, Plus und Leerzeichen.',
  },
  groups: {
    title: 'Überwachung', intro: 'Was die Agenten einer Gerätegruppe beobachten. Speichern erstellt, signiert und verteilt eine neue Agent-Richtlinie; Geräte wenden sie ohne Neustart an.', table: 'Gerätegruppen', column: { name: 'Gruppe', devices: 'Geräte', revision: 'Agent-Richtlinie', roots: 'Beobachtete Ordner' }, never: { title: 'Noch keine Gruppe', body: 'Eine Gruppe entsteht mit ihrem ersten Gerät oder Registrierungscode.' }, roots: 'Beobachtete Ordner', rootsHint: 'Ein Pfad pro Zeile.', excludes: 'Ausgeschlossen', excludesHint: 'Pfade oder Muster, eines pro Zeile. Sie gelten, bevor etwas beobachtet wird.', removableRoots: 'Wechseldatenträger werden eingehängt unter',
    networkShareRoots: 'Netzwerkfreigaben werden eingehängt unter', cloudSyncRoots: 'Cloud-Ordner', hashLimit: 'Prüfsummen bilden bis (MiB)', pollInterval: 'Einstellungen abfragen alle (s)', heartbeatInterval: 'Melden alle (s)', spoolMax: 'Spool auf dem Gerät, höchstens (MiB)', saved: 'Als Revision {{version}} gespeichert', savedBody_one: 'Sie ist unterwegs zu {{count}} Gerät.', savedBody_other: 'Sie ist unterwegs zu {{count}} Geräten.', rollout: 'Verteilung von Revision {{version}}', running: 'Läuft auf {{running}} von {{total}} Geräten', noDevices: 'Noch kein Gerät in dieser Gruppe.', device: 'Gerät', wantedRunning: 'Gewünscht / läuft', places: 'Wo', limits: 'Grenzen', unsaved: 'Noch nicht gespeichert', integer: 'Eine ganze Zahl von {{min}} bis {{max}}.', readOnly: 'Ihre Rollen dürfen diese Einstellungen lesen, aber nicht ändern.',
  },
}
