import type { Translated } from '../catalogue.ts'
import type { users as english } from '../en/users.ts'

export const users: Translated<typeof english> = {
  users: {
    title: 'Benutzer', column: { user: 'Benutzer', score: 'Risikobewertung', severity: 'Schweregrad', openAlerts: 'Offene Warnungen', department: 'Abteilung' }, kinds: { person: 'Person', system: 'System' }, table: 'Benutzer', search: 'Benutzer durchsuchen',
    never: { title: 'Noch kein Benutzer', body: 'Ein Benutzer erscheint mit der ersten Aktivität eines Kontos auf einem registrierten Gerät.', action: 'Zu den Geräten' }, filtered: { title: 'Kein Benutzer passt', body: 'Suche ändern oder zurücksetzen.' },
  },
  user: {
    title: 'Benutzer', openAlerts: 'Warnungen', noAlerts: 'Keine Warnung zu diesem Benutzer.', months: { m1: '1 Monat', m3: '3 Monate', m6: '6 Monate' }, risk: 'Risikobewertung', range: 'Zeitraum', department: 'Abteilung', job: 'Position',
  },
  riskLevel: { title: 'Risikostufe', none: 'Keine', minor: 'Gering', moderate: 'Mäßig', elevated: 'Erhöht' },
  triggers: {
    title: 'Auslöseereignisse', none: 'Nichts bringt diesen Benutzer in den Geltungsbereich.', column: { at: 'Wann', kind: 'Was', why: 'Warum', until: 'Bewertet bis', end: 'Ende' }, startButton: 'Bewertung beginnen …', startTitle: 'Bewertung von Hand beginnen', startIntro: 'Der Benutzer wird ohne weiteren Auslöser nach jeder Richtlinie bewertet, die für ihn gilt. Auch der Rückblick zählt. Der Grund kommt ins Überwachungsprotokoll.', days: 'Tage, 5 bis 30', start: 'Beginnen', end: 'Beenden',
  },
  chart: {
    title: 'Aktivität im Zeitverlauf', summaryNone: 'Keine bewertete Aktivität von {{from}} bis {{to}}.',
    y: 'Bewertung', none: 'Keine Bewertung', day: 'Tag (UTC)', indicator: 'Indikator', score: 'Bewertung', events: 'Ereignisse', files: 'Dateien', bytes: 'Bytes', severity: 'Schweregrad', table: 'Aktivität nach Tag und Indikator', loading: 'Das Diagramm wird gezeichnet', empty: 'Keine bewertete Aktivität in diesem Zeitraum.', show: 'Aktivitäten vom {{day}} zeigen: {{label}}',
  },
}
