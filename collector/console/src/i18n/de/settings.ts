import type { Translated } from '../catalogue.ts'
import type { settings as english } from '../en/settings.ts'

export const settings: Translated<typeof english> = {
  settings: {
    title: 'Einstellungen', parts: 'Teile der Einstellungen', accounts: 'Konten', addAccount: 'Konto hinzufügen', createAccount: 'Konto anlegen', rolesHint: 'Die Aufgaben sind getrennt: Wer administriert, liest keine Warnungen.', noRole: 'Bitte mindestens eine Rolle wählen.', enable: 'Einschalten', disable: 'Sperren', enableOf: '{{name}} einschalten', disableOf: '{{name}} sperren', column: { name: 'Konto', roles: 'Rollen', created: 'Erstellt', state: 'Zustand', action: 'Aktion' }, enabled: 'Aktiv', disabled: 'Gesperrt', display: 'Dieser Browser', zone: 'Zeitzone', scheme: 'Farben', keys: 'Kürzel mit einzelnen Tasten', about: 'Über Holdfast', aboutBody: 'Holdfast, Insider-Risikomanagement, das eine Organisation selbst betreibt. Version {{version}}.', api: 'Beschreibung der API', organisation: 'Organisation', you: 'Sie', roles: 'Rollen', permissions: 'Rechte', session: 'Sitzung endet', noAccounts: 'Ihre Rollen dürfen die Konten nicht sehen.',
  },
}
