import type { Translated } from '../catalogue.ts'
import type { honesty as english } from '../en/honesty.ts'

export const honesty: Translated<typeof english> = {
  sees: {
    files: 'Dateien, die an beobachteten Orten erstellt, geändert, kopiert, umbenannt, gepackt und gelöscht werden', 'removable-media': 'Sticks, Karten, Telefone und Discs, die kommen und gehen', 'security-features': 'Schutz des Geräts, der ein- oder ausgeschaltet oder geschwächt wird', applications: 'Anwendungen, Pakete und Erweiterungen, die installiert, aktualisiert und entfernt werden', processes: 'Programme, die die Richtlinie nennt, und Programme, die Dateien senden', printing: 'Dokumente, die gedruckt werden',
    what: 'Was er sieht', whyFix: 'Warum nicht mehr, und was zu tun ist', restarts: 'Neustarts', less: 'sieht weniger', filterLess: 'Sieht weniger, als es sollte', filterDrill: 'Probealarm', neverDrill: 'Noch keiner', failedDrill: 'Nicht bestanden',
  },
  drill: {
    title: 'Letzter Probealarm', column: 'Probealarm', states: { never: 'noch keiner', running: 'läuft', passed: 'bestanden', failed: 'nicht bestanden', stopped: 'abgebrochen' },
    never: 'Dieses Gerät hatte noch keinen Probealarm; niemand hat also gesehen, dass hier ankommt, was darauf geschieht. Auf dem Gerät als root ausführen; es dauert wenige Sekunden und nimmt alles zurück:', running: 'Ein Probealarm hat begonnen und sein Ende noch nicht gemeldet.', again: 'Erneut, auf dem Gerät als root:',
    intro: 'Harmlose echte Handlungen des Agenten selbst und wie lange jede brauchte, bis sie auf dem Gerät gesichert, hier gespeichert, bewertet und Teil einer Warnung war. Sie zählen für niemanden.',
    signal: 'Signal', outcome: 'Ergebnis', durable: 'Gesichert', stored: 'Gespeichert', scored: 'Bewertet', alerted: 'Warnung', why: 'Warum, und was zu tun ist',
    outcomes: { alerted: 'Warnung', scored: 'bewertet', stored: 'nur gespeichert', kept: 'nicht gesendet', missed: 'verpasst', not_done: 'nicht ausgeführt', not_expected: 'nicht erwartet' }, unconfirmed: 'Das Gerät sagt es, und nichts davon kam hier an. Bitte das Gerät selbst ansehen.', would: '{{policy}}, Wert {{score}}', seconds: '{{value}} s',
  },
  watching: {
    places: 'Ordner', media: 'Wechseldatenträger eingehängt unter', shares: 'Netzwerkfreigaben', clouds: 'Cloud-Ordner', kinds: 'Vorgänge an Dateien', excludes: 'Ausgenommen', features: 'Schutzfunktionen', everyFeature: 'jede, die der Agent kennt', applications: 'Anwendungen aus', everySource: 'jeder Quelle, die der Agent kennt', programs: 'Programme, deren erster Start gemeldet wird', transfers: 'Programme, die Dateien senden', uploads: 'Dateien, die Browser und Mail-Programme öffnen', printing: 'Druckaufträge', inspection: 'In Inhalte geschaut', everyType: 'jede Art vertraulicher Angaben', evidence: 'Kopien als Beweismittel, wenn sie gehen an', warnings: 'Warnungen auf dem Gerät', rules_one: '{{count}} Regel', rules_other: '{{count}} Regeln',
    hash: 'Prüfsummen von Dateien bis', poll: 'Einstellungen gelesen alle', heartbeat: 'Meldet sich alle', secs: '{{count}} s', names_one: '{{count}} Name', names_other: '{{count}} Namen', more: 'und {{count}} weitere', nothing: 'nicht beobachtet', raw: 'Wie signiert, als JSON',
  },
  support: {
    title: 'Was auf diesem System gesehen werden kann', intro: 'Was der Agent dieser Version unter {{system}} sieht, jeweils mit dem Test, der es zeigt; was dieses Gerät wirklich sieht, steht oben.', open: 'Anzeigen', signal: 'Signal', shown: 'Gezeigt an', systems: { linux: 'Linux', darwin: 'macOS', win32: 'Windows' },
    states: { real: 'der Sache selbst', recorded: 'einer Aufzeichnung', untested: 'nicht gezeigt', linuxOnly: 'nicht gesehen', never: 'nie betrachtet' },
    hints: { recorded: 'Dokumentierte Ausgabe des Systems oder ein nachgespieltes Gerät oder eine nachgespielte Oberfläche.', untested: 'Dafür gebaut; dort ist noch kein Test gelaufen.', linuxOnly: 'Der Sensor läuft nur unter Linux; die Warnungen des Produkts importieren, das dieses System überwacht.', never: 'So ist er gebaut.' },
    signals: {
      copies: 'Kopien auf Wechseldatenträger, mit Quelle und wer es tat', traced: 'Kopien, verfolgt durch Umbenennen, Kopieren und Archive', clouds: 'Kopien in Cloud-Ordner', files: 'Dateien erstellt, geändert, umbenannt, versteckt und gelöscht', withoutRoot: 'Dateien ohne root: der Besitzer anstelle dessen, der es tat', archives: 'Archive, mit dem, was darin ist', staged: 'Viele Dateien in einem Ordner gesammelt', downloads: 'Woher eine heruntergeladene Datei kam', uploads: 'Dateien, die Browser öffnen, als mögliche Uploads', transfers: 'Dateien, die Übertragungsprogramme senden, und wohin',
      runs: 'Erste Starts von Programmen, die die Richtlinie nennt', prints: 'Druckaufträge', sticks: 'Sticks, die angeschlossen und entfernt werden', volumes: 'Laufwerke, die ein- und ausgehängt werden', telephones: 'Telefone und Kameras', features: 'Schutzfunktionen, die ausgeschaltet oder geschwächt werden', applications: 'Anwendungen und Pakete', content: 'Vertrauliche Inhalte gezählt, gesenkte oder entfernte Vertraulichkeitsstufen', notices: 'Ein Hinweis an die Person auf dem Bildschirm', never: 'Bildschirmfotos, Zwischenablage, Tasten, Kamera, Mikrofon, Ort',
    },
  },
}
