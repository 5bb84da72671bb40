import type { Translated } from '../catalogue.ts'
import type { session as english } from '../en/session.ts'

export const session: Translated<typeof english> = {
  signIn: {
    title: 'Anmelden', name: 'Konto', password: 'Kennwort', submit: 'Anmelden', wrong: 'Konto oder Kennwort ist nicht richtig.', locked: 'Zu viele Versuche. Bitte kurz warten und dann erneut versuchen.', ended: 'Zum Fortfahren bitte erneut anmelden.',
  },
  setUp: {
    title: 'Holdfast einrichten', intro: 'Das erste Konto wird angelegt, ein Administrationskonto. Den Einrichtungscode hat holdfast init ausgegeben; er gilt einmal.', code: 'Einrichtungscode', name: 'Kontoname', nameHint: 'Ohne Leerzeichen, höchstens 64 Zeichen.', password: 'Kennwort', passwordHint: 'Mindestens 15 Zeichen; ein Satz lässt sich leicht merken.',
    again: 'Kennwort wiederholen', differs: 'Die beiden Kennwörter stimmen nicht überein.', short: 'Mindestens 15 Zeichen.', submit: 'Konto anlegen', codeShort: 'Der Code ist länger.', nameBad: 'Ein bis 64 Zeichen ohne Leerzeichen.',
  },
}
