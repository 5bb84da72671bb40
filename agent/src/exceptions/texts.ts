// What a person is told of an exception. Plain, and with the words of whoever decided where there are any.

export interface ExceptionWords {
  readonly granted: (until: string) => readonly [title: string, body: string]
  readonly refused: readonly [title: string, body: string]
  readonly revoked: readonly [title: string, body: string]
  readonly because: (reason: string) => string
  readonly asked: readonly [title: string, body: string]
  readonly useCommand: readonly [title: string, body: string]
  /** Label of the choice in a warning. */
  readonly ask: string
}

const words: Readonly<Record<string, ExceptionWords>> = {
  en: {
    granted: (until) => ['You may use the medium', `Your request is granted until ${until}. What you do on it is still recorded.`],
    refused: ['Your request is refused', 'You may not use the medium.'], revoked: ['Your permission has ended', 'You may not use the medium any more.'],
    because: (reason) => `Reason: ${reason}`, asked: ['Your request was sent', 'You are told here when it is decided.'],
    useCommand: ['Please say why', 'This desktop has no field for a reason. In a terminal, run: holdfast-agent request-exception --reason "why you need it"'], ask: 'Ask for permission',
  },
  de: {
    granted: (until) => ['Sie dürfen den Datenträger benutzen', `Ihrer Anfrage wurde bis ${until} zugestimmt. Was Sie darauf tun, wird weiterhin aufgezeichnet.`],
    refused: ['Ihre Anfrage wurde abgelehnt', 'Sie dürfen den Datenträger nicht benutzen.'], revoked: ['Ihre Erlaubnis ist beendet', 'Sie dürfen den Datenträger nicht mehr benutzen.'],
    because: (reason) => `Grund: ${reason}`, asked: ['Ihre Anfrage wurde gesendet', 'Sie erfahren hier, wie entschieden wurde.'],
    useCommand: ['Bitte nennen Sie den Grund', 'Dieser Desktop hat kein Feld für einen Grund. Rufen Sie in einem Terminal auf: holdfast-agent request-exception --reason "wofür Sie ihn brauchen"'], ask: 'Um Erlaubnis bitten',
  },
}
const english = words['en'] as ExceptionWords

export const exceptionWords = (language: string | undefined): ExceptionWords => words[language ?? 'en'] ?? english
