import type { Translated } from '../catalogue.ts'
import type { watch as english } from '../en/watch.ts'

export const watch: Translated<typeof english> = {
  inspection: {
    legend: 'Vertrauliche Angaben in Dateien', intro: 'Der Agent sieht in Dateien hinein, die angelegt oder geändert werden oder das Gerät verlassen, und meldet, welche Arten von Angaben er wie oft fand. Der Text selbst bleibt auf dem Gerät.', enabled: 'In Dateien hineinsehen', enabledHint: 'Ausgeschaltet gilt nichts als vertraulich, und keine Richtlinie sieht Bezeichnungen oder Arten von Angaben.', confidence: 'Melden ab', confidenceHint: 'Niedriger findet mehr, auch mehr Falsches.', percent: '{{value}} % Sicherheit', maxFileHint: 'In größere wird nicht hineingesehen.', perMinuteHint: 'Weitere warten, damit das Gerät schnell bleibt.',
    allTypes: 'Gesucht werden alle eingebauten Arten.', someTypes_one: 'Gesucht wird {{count}} eingebaute Art.', someTypes_other: 'Gesucht werden {{count}} eingebaute Arten.', ownNone: 'Eigene hat die Organisation nicht festgelegt.', own_one: '{{count}} eigene Festlegung der Organisation; sie bleibt, wie sie ist.', own_other: '{{count}} eigene Festlegungen der Organisation; sie bleiben, wie sie sind.',
  },
  edge: {
    legend: 'Hinweise auf dem Gerät', intro: 'Regeln, denen das Gerät von sich aus folgt, auch ohne Verbindung: Die Person bekommt einen Hinweis auf dem Desktop, und was zutrifft, kann nach einem Ausfall zuerst gesendet werden. Dass jemand gewarnt wurde und was die Antwort war, ist eine Aktivität. Der Agent sagt allen am Gerät, dass dies eingeschaltet ist.',
    none: 'Niemand wird gewarnt.', add: 'Regel hinzufügen', remove: 'Entfernen', entry: 'Regel {{number}}', enabled: 'Ein', id: 'Name der Regel', badId: 'Kleinbuchstaben, Ziffern, Punkte, Striche; jeder Name einmal.', kinds: 'Wenn', destinations: 'Nach', labels: 'Vertraulichkeitsbezeichnungen', minCount: 'Treffer in einer Datei', minActivities: 'Anzahl im Zeitfenster', minMiB: 'MiB im Zeitfenster', windowMins: 'Zeitfenster, Minuten',
    sensitive: 'Nur mit vertraulichem Inhalt', unallowedDevice: 'Nur auf nicht erlaubten Datenträgern', first: 'Nach einem Ausfall zuerst senden', warn: 'Die Person warnen', nothing: 'Die Regel warnt weder, noch zieht sie etwas vor.', maxPerHour: 'Hinweise je Stunde', ask: 'Schaltflächen', asks: { none: 'Keine', acknowledge: '„Verstanden“', reason: '„Verstanden“ und „Es ist für meine Arbeit“' },
    noticeTitle: 'Titel ({{language}})', noticeBody: 'Text ({{language}})', previewOf: 'Vorschau ({{language}})', language: { en: 'Englisch', de: 'Deutsch' },
    kind: { file_copied: 'Eine Datei wird kopiert', file_read_by_transfer_tool: 'Ein Programm sendet eine Datei', file_printed: 'Ein Dokument wird gedruckt', archive_created: 'Ein Archiv wird erstellt', file_downloaded: 'Eine Datei wird heruntergeladen', label_changed: 'Eine Bezeichnung wird gesenkt oder entfernt', file_renamed: 'Eine Datei wird umbenannt', application_run: 'Ein untersagtes Programm wird gestartet', removable_media_mounted: 'Ein Datenträger wird eingehängt' },
    place: { removable: 'Wechseldatenträger', network_share: 'Netzwerkfreigabe', cloud_sync: 'Cloud-Ordner', remote_session: 'Fernsitzung' },
  },
  capture: {
    legend: 'Kopien von Dateien als Belege', intro: 'Ausgeschaltet, solange niemand es einschaltet. Danach verlässt der Inhalt gewählter Dateien das Gerät, versiegelt für diese Installation; öffnen kann ihn nur die Ermittlung. Der Agent teilt allen am Gerät mit, dass dies eingeschaltet ist.', enabled: 'Kopien von Dateien sichern, die das Gerät verlassen', destinations: 'Wenn eine Datei dorthin geht', fileTypes: 'Dateitypen (leer: alle)', fileTypesHint: 'Endungen, eine pro Zeile, ohne Punkt.',
    privatePaths: 'Nie lesen', privatePathsHint: 'Muster, eines pro Zeile; zusätzlich zu den Ausschlüssen der Gruppe. ~ ist das Benutzerverzeichnis jeder Person.', maxFileMiB: 'Größte Datei, MiB', maxDayMiB: 'Pro Person und Tag, MiB', perMinute: 'Dateien pro Minute', folderMiB: 'Wartend auf dem Gerät, MiB', onlyFindings: 'Nur Dateien, in denen der Agent vertrauliche Angaben gefunden hat', noDestination: 'Bitte mindestens ein Ziel wählen.',
  },
}
