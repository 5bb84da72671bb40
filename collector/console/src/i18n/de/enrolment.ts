export const enrolment = {
  enrolment: {
    approval: 'Freigabe verlangen', approvalHint: 'Ein Gerät, das mit diesem Code kommt, erhält nichts, bis es hier jemand freigibt. Für Codes, die viele kennen.', needed: 'braucht Freigabe',
    package: 'Paket', deb: 'Debian, Ubuntu (.deb)', rpm: 'Red-Hat-Familie, SUSE (.rpm)', tar: 'Anderes Linux (.tar.gz)', pkg: 'macOS (.pkg)', msi: 'Windows (.msi)', installed: 'Agent ist installiert',
    note: { deb: 'Als root, im Ordner des Pakets.', rpm: 'Als root, im Ordner des Pakets.', tar: 'Als root, im Ordner des Archivs.', pkg: 'In einem Terminal, im Ordner des Pakets.', msi: 'In einem PowerShell-Fenster als Administrator, im Ordner des Pakets.', installed: 'Als root oder Administrator. Der Code steht in keiner Prozessliste.' },
    pin: 'Der Code enthält den Fingerabdruck der Zertifizierungsstelle dieser Installation: Ein Gerät, das einen anderen Collector erreicht oder einen, der mitliest, hört auf, bevor es etwas sagt.', before: 'Ob das Gerät diesen Collector erreicht, bevor auf vielen etwas installiert wird:',
    stepApproval: 'Freigegeben: siehe „Warten auf Freigabe“ unter diesem Fenster',
    queue: 'Warten auf Freigabe', queueIntro: 'Diese Geräte kamen mit einem Code, der eine Freigabe verlangt. Sie haben noch keine Zugangsdaten und senden nichts. Vergleichen Sie das Ende des Schlüssels mit dem, was holdfast-agent status auf dem Gerät zeigt.', nobody: 'Niemand wartet.',
    device: 'Gerät', key: 'Schlüssel endet auf', from: 'Gefragt von', since: 'Seit', until: 'Bis', known: 'Dieser Computer war schon einmal ein Gerät', chooseAll: 'Alle gezeigten Geräte auswählen', choose: '{{hostname}} auswählen', approve: 'Freigeben', refuse: 'Ablehnen', approveMany_one: '{{count}} Gerät freigeben', approveMany_other: '{{count}} Geräte freigeben', refuseMany_one: '{{count}} Gerät ablehnen', refuseMany_other: '{{count}} Geräte ablehnen',
    more: '{{shown}} von {{total}} werden gezeigt, die ältesten zuerst.', note_label: 'Notiz für das Protokoll', noteHint: 'Etwa, wer für die Geräte bürgt.', notDone_one: 'Über {{count}} war inzwischen entschieden.', notDone_other: 'Über {{count}} war inzwischen entschieden.',
  },
} as const
