// What a notice says where the organisation has not written its own words. Plain, without blame: it may well be for work.
import { basename } from 'node:path'
import type { EdgeRule, Subject } from './rules.ts'

interface Words {
  readonly title: string
  readonly body: string
  readonly places: Readonly<Record<string, string>>
  readonly noPlace: string
  readonly acknowledged: string
  readonly business: string
}

const words: Readonly<Record<string, Words>> = {
  en: {
    title: 'Please check: {file}', body: '{file} went to {place}. The rules of your organisation ask for care here. This was recorded; if it is for your work, there is nothing that you need to do.',
    places: { removable: 'a removable medium', network_share: 'a network share', cloud_sync: 'a cloud folder', remote_session: 'a remote session' }, noPlace: 'a place that needs care', acknowledged: 'I understand', business: 'It is for my work',
  },
  de: {
    title: 'Bitte prüfen: {file}', body: '{file} ging auf {place}. Die Regeln Ihrer Organisation verlangen hier Sorgfalt. Dies wurde aufgezeichnet; geschah es für Ihre Arbeit, müssen Sie nichts tun.',
    places: { removable: 'einen Wechseldatenträger', network_share: 'eine Netzwerkfreigabe', cloud_sync: 'einen Cloud-Ordner', remote_session: 'eine Fernsitzung' }, noPlace: 'einen Ort, der Sorgfalt verlangt', acknowledged: 'Verstanden', business: 'Es ist für meine Arbeit',
  },
}
const english = words['en'] as Words

export interface NoticeWords {
  readonly title: string
  readonly body: string
  readonly acknowledged: string
  readonly business: string
}

/**
 * The words of a rule in the first language that has any: the person's, the policy's, English.
 *
 * `{file}` stands for the name of the file without its folders, `{place}` for where it went. Nothing else of the activity is shown.
 */
export function wordsOf(rule: EdgeRule, subject: Subject, language: string | undefined, languages: readonly string[]): NoticeWords {
  const order = [...(language === undefined ? [] : [language]), ...languages, 'en']
  const chosen = order.find((one) => one in words || rule.texts.some((text) => text.language === one)) ?? 'en'
  const ours = words[chosen] ?? english
  const own = rule.texts.find((text) => text.language === chosen)
  const file = basename(subject.path.replaceAll('\\', '/')).replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ').slice(0, 80) || '…'
  const fill = (text: string): string => text.replaceAll('{file}', () => file).replaceAll('{place}', () => ours.places[subject.destination] ?? ours.noPlace)
  return { title: fill(own === undefined || own.title === '' ? ours.title : own.title), body: fill(own === undefined || own.body === '' ? ours.body : own.body), acknowledged: ours.acknowledged, business: ours.business }
}
