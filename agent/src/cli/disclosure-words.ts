// The words in which a person is told what is collected, in the languages of the console. Plain ones, and nothing but the truth
// of the policy that runs: what a sentence promises must hold for every code path of the agent.
import { activityKinds } from '@holdfast/proto'

export type Language = 'en' | 'de'
export const LANGUAGES: readonly Language[] = ['en', 'de']

export interface DisclosureWords {
  readonly kinds: Readonly<Record<string, string>>
  readonly destinations: Readonly<Record<string, string>>
  copies(organisation: string): string
  copiedTypes(types: readonly string[], mib: number | undefined, onlyWithFindings: boolean): string
  readonly inspection: string
  readonly everyType: string
  readonly files: string
  readonly below: string
  readonly onMedia: string
  readonly onShare: string
  readonly inCloud: string
  warnings(buttons: boolean, reason: boolean): string
  rule(id: string): string
  readonly media: string
  readonly everyMedium: string
  readonly security: string
  readonly everyFeature: string
  readonly applications: string
  readonly everySource: string
  readonly runs: string
  programNames(count: number): string
  readonly transfers: string
  readonly everySentFile: string
  readonly uploads: string
  readonly everyUploadProgram: string
  readonly printing: string
  readonly everyPrinter: string
  readonly questions: string
  readonly noQuestion: string
  asked(kind: string, at: string, folder: string | undefined): string
  readonly agent: string
  readonly thisDevice: string
  /** What never leaves of the content: only names; counts as well; or copies. */
  readonly content: Readonly<Record<'names' | 'counts' | 'copies', string>>
  readonly neverInput: string
  /** By whether files are looked into. */
  readonly neverSecrets: Readonly<Record<'names' | 'counts' | 'copies', string>>
  /** By what of the net is named above. */
  readonly neverPages: Readonly<Record<'none' | 'some', string>>
  readonly neverElsewhere: string
  ask(organisation: string, host: string): string

  readonly title: string
  for(organisation: string): string
  readonly nothingYet: string
  policy(version: number, organisation: string, until: string | undefined): string
  readonly where: string
  /** Instead of it, where no place is named but what is looked for. */
  readonly which: string
  readonly leftOut: string
  readonly never: string
  readonly collected: string
  readonly homes: string
  readonly whom: string
  readonly otherLanguage: string
  /** What the page itself is. */
  readonly about: string
  updated(when: string): string
  more(count: number): string
  readonly none: string
}

const list = (types: readonly string[]): string => types.map((type) => `.${type}`).join(', ')

const en: DisclosureWords = {
  kinds: Object.fromEntries(Object.entries(activityKinds).map(([kind, { summary }]) => [kind, summary])),
  destinations: { removable: 'removable media', network_share: 'a network share', cloud_sync: 'a cloud folder' },
  copies: (organisation) => `COPIES OF FILES, with all that is in them: when you copy a file to a place below, a copy of it is kept as evidence. It is encrypted on this device; only investigators of ${organisation} can open it, and each look is recorded`,
  copiedTypes: (types, mib, onlyWithFindings) => `${types.length === 0 ? 'Files of every type' : `Files that end in ${list(types)}`}${mib === undefined ? '' : ` up to ${mib} MiB`}${onlyWithFindings ? ', only where sensitive information was found in them' : ''}.`,
  inspection: 'What kinds of sensitive information are in a file that is copied, sent, printed, downloaded or packed: how many card numbers, identity numbers, keys and the like, its sensitivity label, and whether it is source code. Mail files and their attachments are looked into like any other. The text itself is read and forgotten on this device',
  everyType: 'every type of sensitive information that the agent knows',
  files: 'Files: name, place, size, check sum, and the program and account that did it',
  below: ' and below', onMedia: ' (removable media)', onShare: ' (network share)', inCloud: ' (cloud folder)',
  warnings: (buttons, reason) => `Warnings: a notice on your desktop when you do what a rule asks for care with. That you were warned${buttons ? ', which button you chose' : ''}${reason ? ' and the reason that you give, if you give one,' : ''} is recorded; you need not answer`,
  rule: (id) => `rule ${id}`,
  media: 'Removable media: maker, model, serial number, size, name and encryption of the volume, and how much was written to them', everyMedium: 'every medium of this device',
  security: 'Security features of this device, before and after a change. Of settings in your home (what starts with your session, keys of ssh, shell profiles) only which one changed, not what is in it', everyFeature: 'every feature that the agent knows',
  applications: 'Applications and packages: name, version and where they come from', everySource: 'every source that the agent knows',
  runs: 'Programs that the policy names: the first time that you run one of them', programNames: (count) => `${count} names of programs, for remote access, tunnels, attacks, wiping and the like`,
  transfers: 'Programs that send files, such as curl, scp, rsync and rclone: name, size and check sum of the file, and the host that it goes to, for a mail that a command sends the domain alone; nothing else of the command', everySentFile: 'every file that such a program is told to send',
  uploads: 'Files that a browser, a mail or a chat program opens: name, size and check sum, because they may be sent. Not which page or person they go to', everyUploadProgram: 'every such program, for files in the places that are named above',
  printing: 'Documents that are printed: printer, title, pages and, where it can be known, the file; else size and check sum of what the printer was given', everyPrinter: 'every printer of this device',
  questions: 'Questions: your organisation may ask this device, with a reason that is recorded, which volumes are mounted, how security features stand, which applications there are, what the sensors see, and for hashes of files below the watched folders. Never for what is in a file, and nothing is changed. The last ones',
  noQuestion: 'none so far', asked: (kind, at, folder) => `${at.slice(0, 16).replace('T', ' ')} UTC: ${({ mounts: 'mounted volumes', security_features: 'security features', applications: 'applications', sensor_state: 'state of the sensors', file_hashes: 'hashes of files' } as Readonly<Record<string, string>>)[kind] ?? kind}${folder === undefined ? '' : ` in ${folder}`}`,
  agent: 'The agent itself: that it runs, what it can see, and who has a session', thisDevice: 'this device',
  content: {
    names: 'The text or pictures in your files: only their names, sizes and check sums leave this device.',
    counts: 'The text or pictures in your files: only their names, sizes, check sums, labels and the number of sensitive pieces in them leave this device.',
    copies: 'The text or pictures in any other file than the copies that are named above.',
  },
  neverInput: 'What you type, what is on your screen, what camera and microphone take up, where you are.',
  neverSecrets: {
    names: 'Your passwords, your mail and your messages.',
    counts: 'Your passwords, your mail and your messages, as you type, send and read them. Where one stands in a file that is looked into, it is counted like any other text of that file, and not told.',
    copies: 'Your passwords, your mail and your messages, as you type, send and read them. A copy of a file that is named above has in it what the file has.',
  },
  neverPages: { none: 'Which pages you look at.', some: 'Which pages you look at. Only where it is named above: the address that a downloaded file came from, and the host that a file was sent to.' },
  neverElsewhere: 'Documents outside the places that are named above.',
  ask: (organisation, host) => `${organisation} runs this agent. Whoever looks after ${host} there can tell you who may see this, why, and for how long.`,
  title: 'What is collected on this device', for: (organisation) => `for ${organisation}`,
  nothingYet: 'No policy has arrived yet, so nothing is collected but the state of the agent itself.',
  policy: (version, organisation, until) => `By policy version ${version}, signed by ${organisation}${until === undefined ? '' : `, which ends on ${until}`}.`,
  where: 'Where', which: 'Looked for', leftOut: 'Left out', never: 'Never collected', collected: 'Collected', homes: '~ is the home folder of each person', whom: 'Whom to ask', otherLanguage: 'Deutsch',
  about: 'Holdfast, the agent on this device, made this page from the policy that runs, and makes it anew when the policy changes. The page is a file of this device: it loads nothing, runs nothing and tells nobody that you read it.',
  updated: (when) => `As of ${when}`, more: (count) => `Show all ${count}`, none: 'nothing',
}

const de: DisclosureWords = {
  kinds: {
    file_copied: 'Eine Datei wurde auf einen Wechseldatenträger, eine Freigabe, in einen Cloud-Ordner oder an einen anderen beobachteten Ort kopiert.', file_created: 'Eine Datei wurde an einem beobachteten Ort angelegt.', file_changed: 'Eine Datei an einem beobachteten Ort wurde geändert.',
    file_renamed: 'Eine Datei wurde umbenannt oder verschoben.', file_hidden: 'Eine Datei wurde versteckt.', file_deleted: 'Eine Datei wurde gelöscht.', archive_created: 'Ein Archiv wurde erstellt.', file_downloaded: 'Eine Datei wurde heruntergeladen.',
    file_read_by_transfer_tool: 'Ein Programm, das Dateien senden kann, hat eine Datei gelesen.', file_printed: 'Ein Dokument wurde gedruckt.', files_staged: 'Viele Dateien wurden in einem Ordner gesammelt.', label_changed: 'Die Vertraulichkeitsstufe einer Datei wurde gesenkt oder entfernt.',
    removable_media_connected: 'Ein Wechseldatenträger wurde angeschlossen.', removable_media_mounted: 'Ein Laufwerk auf einem Wechseldatenträger wurde eingehängt.', removable_media_unmounted: 'Ein Laufwerk auf einem Wechseldatenträger wurde ausgehängt.', removable_media_disconnected: 'Ein Wechseldatenträger wurde entfernt.',
    security_feature_changed: 'Eine Schutzfunktion des Geräts wurde ein- oder ausgeschaltet oder geändert.', application_installed: 'Eine Anwendung oder ein Paket wurde installiert.', application_updated: 'Eine Anwendung oder ein Paket wurde aktualisiert.', application_removed: 'Eine Anwendung oder ein Paket wurde entfernt.', application_run: 'Eine Anwendung, die die Richtlinie nennt, wurde gestartet.',
    session_started: 'Eine Sitzung begann.', session_ended: 'Eine Sitzung endete.',
    agent_started: 'Der Agent wurde gestartet.', agent_stopped: 'Der Agent wurde beendet.', agent_degraded: 'Ein Sensor des Agenten sieht weniger, als er sollte.', agent_tampered: 'Der Agent oder seine Dateien wurden verändert.', clock_changed: 'Die Uhr des Geräts wurde verstellt.', telemetry_gap: 'Einem Sensor sind Meldungen des Systems entgangen.', warning_shown: 'Die Person wurde am Gerät gewarnt oder konnte nicht gewarnt werden.', exception_requested: 'Die Person hat darum gebeten, einen Wechseldatenträger benutzen zu dürfen.',
    patient_record_accessed: 'Eine Patientenakte wurde geöffnet.', security_alert_raised: 'Ein anderes Sicherheitsprodukt hat gewarnt oder den Stand einer Warnung geändert.', physical_access: 'Ein Ausweis wurde an ein Lesegerät gehalten.', custom_detection: 'Eine Erkennung eines anderen Systems wurde importiert.',
  },
  destinations: { removable: 'Wechseldatenträger', network_share: 'eine Netzwerkfreigabe', cloud_sync: 'ein Cloud-Ordner' },
  copies: (organisation) => `KOPIEN VON DATEIEN mit ihrem ganzen Inhalt: Wenn Sie eine Datei an einen der Orte unten kopieren, wird eine Kopie als Beweismittel aufbewahrt. Sie wird auf diesem Gerät verschlüsselt; nur Ermittelnde von ${organisation} können sie öffnen, und jeder Blick wird festgehalten`,
  copiedTypes: (types, mib, onlyWithFindings) => `${types.length === 0 ? 'Dateien jeder Art' : `Dateien mit der Endung ${list(types)}`}${mib === undefined ? '' : ` bis ${mib} MiB`}${onlyWithFindings ? ', nur wenn vertrauliche Angaben darin gefunden wurden' : ''}.`,
  inspection: 'Welche Arten vertraulicher Angaben in einer Datei stehen, die kopiert, gesendet, gedruckt, heruntergeladen oder gepackt wird: wie viele Kartennummern, Ausweisnummern, Schlüssel und Ähnliches, ihre Vertraulichkeitsstufe und ob sie Quelltext ist. In E-Mail-Dateien und ihre Anhänge wird geschaut wie in jede andere. Der Text selbst wird auf diesem Gerät gelesen und vergessen',
  everyType: 'jede Art vertraulicher Angaben, die der Agent kennt',
  files: 'Dateien: Name, Ort, Größe, Prüfsumme sowie das Programm und das Konto, die es taten',
  below: ' und darunter', onMedia: ' (Wechseldatenträger)', onShare: ' (Netzwerkfreigabe)', inCloud: ' (Cloud-Ordner)',
  warnings: (buttons, reason) => `Warnungen: ein Hinweis auf Ihrem Bildschirm, wenn Sie etwas tun, bei dem eine Regel um Vorsicht bittet. Festgehalten wird, dass Sie gewarnt wurden${buttons ? ', welche Schaltfläche Sie gewählt haben' : ''}${reason ? ' und der Grund, falls Sie einen nennen' : ''}; antworten müssen Sie nicht`,
  rule: (id) => `Regel ${id}`,
  media: 'Wechseldatenträger: Hersteller, Modell, Seriennummer, Größe, Name und Verschlüsselung des Laufwerks, und wie viel darauf geschrieben wurde', everyMedium: 'jeder Datenträger dieses Geräts',
  security: 'Schutzfunktionen dieses Geräts vor und nach einer Änderung. Von Einstellungen in Ihrem Benutzerordner (was mit Ihrer Sitzung startet, Schlüssel von ssh, Profile der Shell) nur, welche sich geändert hat, nicht was darin steht', everyFeature: 'jede Funktion, die der Agent kennt',
  applications: 'Anwendungen und Pakete: Name, Version und Herkunft', everySource: 'jede Quelle, die der Agent kennt',
  runs: 'Programme, die die Richtlinie nennt: das erste Mal, dass Sie eines davon starten', programNames: (count) => `${count} Programmnamen, für Fernzugriff, Tunnel, Angriffe, Löschen und Ähnliches`,
  transfers: 'Programme, die Dateien senden, etwa curl, scp, rsync und rclone: Name, Größe und Prüfsumme der Datei und der Rechner, an den sie geht, bei einer E-Mail, die ein Befehl sendet, nur die Domain; sonst nichts vom Befehl', everySentFile: 'jede Datei, die ein solches Programm senden soll',
  uploads: 'Dateien, die ein Browser, ein Mail- oder Chat-Programm öffnet: Name, Größe und Prüfsumme, weil sie gesendet werden könnten. Nicht, an welche Seite oder Person sie gehen', everyUploadProgram: 'jedes solche Programm, für Dateien an den Orten, die oben genannt sind',
  printing: 'Dokumente, die gedruckt werden: Drucker, Titel, Seiten und, wo es bekannt ist, die Datei; sonst Größe und Prüfsumme dessen, was der Drucker bekam', everyPrinter: 'jeder Drucker dieses Geräts',
  questions: 'Fragen: Ihre Organisation kann dieses Gerät mit einer Begründung, die aufgezeichnet wird, fragen, welche Datenträger eingehängt sind, wie Sicherheitsfunktionen stehen, welche Anwendungen es gibt, was die Sensoren sehen, und nach Prüfsummen von Dateien unter den überwachten Ordnern. Nie nach dem, was in einer Datei steht, und nichts wird verändert. Die letzten',
  noQuestion: 'bisher keine', asked: (kind, at, folder) => `${at.slice(0, 16).replace('T', ' ')} UTC: ${({ mounts: 'eingehängte Datenträger', security_features: 'Sicherheitsfunktionen', applications: 'Anwendungen', sensor_state: 'Zustand der Sensoren', file_hashes: 'Prüfsummen von Dateien' } as Readonly<Record<string, string>>)[kind] ?? kind}${folder === undefined ? '' : ` in ${folder}`}`,
  agent: 'Der Agent selbst: dass er läuft, was er sehen kann und wer angemeldet ist', thisDevice: 'dieses Gerät',
  content: {
    names: 'Text oder Bilder in Ihren Dateien: Nur Namen, Größen und Prüfsummen verlassen dieses Gerät.',
    counts: 'Text oder Bilder in Ihren Dateien: Nur Namen, Größen, Prüfsummen, Vertraulichkeitsstufen und die Zahl vertraulicher Stellen darin verlassen dieses Gerät.',
    copies: 'Text oder Bilder in anderen Dateien als den Kopien, die oben genannt sind.',
  },
  neverInput: 'Was Sie tippen, was auf Ihrem Bildschirm ist, was Kamera und Mikrofon aufnehmen, wo Sie sind.',
  neverSecrets: {
    names: 'Ihre Passwörter, Ihre E-Mails und Ihre Nachrichten.',
    counts: 'Ihre Passwörter, E-Mails und Nachrichten, wie Sie sie tippen, senden und lesen. Steht etwas davon in einer Datei, in die geschaut wird, wird es gezählt wie jeder andere Text dieser Datei und nicht gemeldet.',
    copies: 'Ihre Passwörter, E-Mails und Nachrichten, wie Sie sie tippen, senden und lesen. Eine Kopie einer Datei, die oben genannt ist, enthält, was die Datei enthält.',
  },
  neverPages: { none: 'Welche Seiten Sie ansehen.', some: 'Welche Seiten Sie ansehen. Nur wo es oben genannt ist: die Adresse, von der eine heruntergeladene Datei kam, und der Rechner, an den eine Datei gesendet wurde.' },
  neverElsewhere: 'Dokumente außerhalb der Orte, die oben genannt sind.',
  ask: (organisation, host) => `${organisation} betreibt diesen Agenten. Wer dort für ${host} zuständig ist, kann Ihnen sagen, wer dies sehen darf, warum und wie lange.`,
  title: 'Was auf diesem Gerät erfasst wird', for: (organisation) => `für ${organisation}`,
  nothingYet: 'Noch ist keine Richtlinie angekommen; erfasst wird daher nur der Zustand des Agenten selbst.',
  policy: (version, organisation, until) => `Nach Richtlinie Version ${version}, signiert von ${organisation}${until === undefined ? '' : `, gültig bis ${until}`}.`,
  where: 'Wo', which: 'Gesucht wird', leftOut: 'Ausgenommen', never: 'Wird nie erfasst', collected: 'Wird erfasst', homes: '~ ist der Benutzerordner jeder Person', whom: 'Wen Sie fragen können', otherLanguage: 'English',
  about: 'Holdfast, der Agent auf diesem Gerät, hat diese Seite aus der Richtlinie gemacht, die gerade gilt, und macht sie neu, wenn sich die Richtlinie ändert. Die Seite ist eine Datei dieses Geräts: Sie lädt nichts, führt nichts aus und verrät niemandem, dass Sie sie lesen.',
  updated: (when) => `Stand: ${when}`, more: (count) => `Alle ${count} zeigen`, none: 'nichts',
}

export const disclosureWords: Readonly<Record<Language, DisclosureWords>> = { en, de }

/** Of a person's locale, as the environment names it (`de_AT.UTF-8`); English where there is no other word. */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || ''
  // LANGUAGE is a list, and counts only where there is a locale at all (gettext).
  const first = locale === '' || locale === 'C' || locale === 'POSIX' ? '' : (environment['LANGUAGE'] ?? '').split(':')[0] ?? ''
  return /^de(?:[_.@-]|$)/i.test(first === '' ? locale : first) ? 'de' : 'en'
}

