import type { Translated } from '../catalogue.ts'
import type { settings as english } from '../en/settings.ts'

export const settings: Translated<typeof english> = {
  settings: {
    title: 'Einstellungen', parts: 'Teile der Einstellungen', accounts: 'Konten', addAccount: 'Konto hinzufügen', createAccount: 'Konto anlegen', rolesHint: 'Die Aufgaben sind getrennt: Wer administriert, liest keine Warnungen.', noRole: 'Bitte mindestens eine Rolle wählen.', enable: 'Einschalten', disable: 'Sperren', enableOf: '{{name}} einschalten', disableOf: '{{name}} sperren', column: { name: 'Konto', roles: 'Rollen', created: 'Erstellt', state: 'Zustand', action: 'Aktion' }, enabled: 'Aktiv', disabled: 'Gesperrt', display: 'Dieser Browser', zone: 'Zeitzone', scheme: 'Farben', keys: 'Kürzel mit einzelnen Tasten', about: 'Über Holdfast', aboutBody: 'Holdfast, Insider-Risikomanagement, das eine Organisation selbst betreibt. Version {{version}}.', api: 'Beschreibung der API', organisation: 'Organisation', you: 'Sie', roles: 'Rollen', permissions: 'Rechte', session: 'Sitzung endet', noAccounts: 'Ihre Rollen dürfen die Konten nicht sehen.',
  },
  system: {
    title: 'System', intro: 'Ob diese Installation in Ordnung ist und ob sie zurückgeholt werden könnte. Dasselbe auf der Kommandozeile: holdfast doctor, holdfast backup list.', all: 'Alle Einstellungen', allIntro: 'Jede Einstellung mit ihrer Wirkung, ihrer Vorgabe und wer sie zuletzt geändert hat.', search: 'Einstellungen durchsuchen', differing: 'Nur was von der Vorgabe abweicht', differingHint: 'Lässt weg, was niemand geändert hat.', count_one: '1 Einstellung', count_other: '{{count}} Einstellungen', nothing: 'Keine Einstellung enthält diese Wörter.', nothingHint: 'Weniger Wörter suchen.',
    column: { title: 'Einstellung', value: 'Wert', standard: 'Vorgabe', changed: 'Letzte Änderung', verdict: 'Ergebnis', check: 'Prüfung', detail: 'Was gefunden wurde', fix: 'Was zu tun ist', made: 'Gemacht', size: 'Größe', sealed: 'Versiegelt', drill: 'Zur Probe zurückgespielt', file: 'Datei' },
    yes: 'ja', no: 'nein', none: 'keine', inFile: 'in holdfast.yaml', never: 'nie geändert', doctor: 'Prüfungen', again: 'Noch einmal prüfen', verdict: { ok: 'Gut', warn: 'Warnung', fail: 'Fehler' },
    backups: 'Sicherungen', noBackups: 'Keine Sicherung ist vermerkt.', noBackupsHint: 'backup.folder in holdfast.yaml setzen oder holdfast backup DATEI ausführen.', noDrill: 'noch nicht', drillGood: 'vollständig,', drillBad: 'FEHLGESCHLAGEN,', failed: 'Der letzte Versuch schlug fehl: {{problem}}', restored: 'Diese Installation wurde aus einer Sicherung zurückgespielt, gemacht',
  },
}
