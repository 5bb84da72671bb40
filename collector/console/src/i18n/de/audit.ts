import type { Translated } from '../catalogue.ts'
import type { audit as english } from '../en/audit.ts'

export const audit: Translated<typeof english> = {
  audit: {
    title: 'Überwachungsprotokoll', intro: 'Wer was gesehen oder geändert hat. Einträge kommen nur hinzu; jeder enthält den Hash des vorherigen.', table: 'Protokolleinträge', column: { seq: 'Nr.', at: 'Wann', actor: 'Wer', category: 'Kategorie', action: 'Aktion', target: 'Woran', about: 'Über' },
    verify: 'Kette prüfen', good: 'Die Kette ist vollständig', goodBody_one: '{{count}} Eintrag, Ende {{head}}.', goodBody_other: '{{count}} Einträge, Ende {{head}}.', anchored_one: 'Mit {{count}} verankerten Ende verglichen.', anchored_other: 'Mit {{count}} verankerten Enden verglichen.', bad: 'Die Kette ist gebrochen', badBody: 'Der erste Eintrag, der nicht passt, hat die Nummer {{seq}}: {{problem}}',
    begins: 'Das Protokoll beginnt nach Eintrag {{seq}}: Ältere hat die Aufbewahrungsregel am {{at}} entfernt; ein signierter Prüfpunkt steht für sie.',
    category: 'Kategorie', categoryAll: 'Alle Kategorien', action: 'Aktion', actionHint: 'zum Beispiel user.revealed', actor: 'Wer', actorAll: 'Alle', subject: 'Über eine Person', subjectHint: 'Pseudonym, ID oder E-Mail-Adresse', from: 'Von (UTC)', to: 'Bis (UTC)', clear: 'Filter zurücksetzen',
    never: { title: 'Noch kein Eintrag', body: 'Die erste Anmeldung schreibt den ersten Eintrag.' }, filtered: { title: 'Kein Eintrag passt', body: 'Filter ändern oder zurücksetzen.' }, people_one: '{{count}} Person', people_other: '{{count}} Personen',
    open: 'Eintrag {{seq}} zeigen', entry: 'Eintrag {{seq}}', roles: 'Damalige Rollen', before: 'Vorher', after: 'Nachher', detail: 'Einzelheit', hash: 'Hash', erased: 'Worte dieses Eintrags waren mit dem Schlüssel einer Person versiegelt, die seither gelöscht wurde. Niemand kann sie mehr lesen; die Kette passt weiterhin.',
    export: 'Exportieren', csv: 'CSV, für eine Tabellenkalkulation', jsonl: 'JSON-Zeilen, überall prüfbar', exportHint: 'Mit den obigen Filtern. Auch der Export selbst wird protokolliert.',
    categories: { alerts: 'Warnungen', cases: 'Fälle', users: 'Benutzer', policies: 'Richtlinien', notices: 'Hinweise', evidence: 'Belege', exports: 'Exporte', privacy: 'Datenschutz', settings: 'Einstellungen', devices: 'Geräte', connectors: 'Konnektoren', accounts: 'Konten', audit: 'Überwachungsprotokoll', other: 'Sonstiges' },
  },
  looks: {
    title: 'Wer hat wen angesehen', back: 'Überwachungsprotokoll', intro: 'Jeder Blick auf eine Person und jede Änderung zu ihr, gezählt. Namen bleiben auch hier verborgen; die Abfrage selbst wird protokolliert.', open: 'Wer hat wen angesehen', person: 'Person', personHint: 'Pseudonym, ID, Konto oder E-Mail-Adresse', none: { title: 'Nach einer Person fragen', body: 'Angeben, wie die Person bekannt ist: Pseudonym, ID, Konto oder E-Mail-Adresse.' },
    total_one: '{{count}} Eintrag', total_other: '{{count}} Einträge', accounts_one: 'von {{count}} Konto', accounts_other: 'von {{count}} Konten', byActor: 'Nach Konto', byRole: 'Nach Rolle', byAction: 'Nach Aktion', byDay: 'Nach Tag', entries: 'Einträge zeigen', nobody: 'In diesem Zeitraum hat niemand diese Person angesehen.',
    column: { who: 'Konto', roles: 'Heutige Rollen', count: 'Einträge', first: 'Erster', last: 'Letzter', did: 'Was', role: 'Rolle', action: 'Aktion', category: 'Kategorie', day: 'Tag' },
  },
}
