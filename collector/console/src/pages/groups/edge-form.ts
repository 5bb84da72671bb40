// Edge rules as a form holds them: lists as lines, bytes as MiB, windows as minutes, texts in the console's languages. Texts in
// other languages and types of information are not in the form: they are carried through as they came.
import type { GroupSettings } from '@holdfast/collector/contract'

type Edge = NonNullable<GroupSettings['edge']>
type Rule = Edge['rules'][number]

export const EDGE_KINDS = ['file_copied', 'file_read_by_transfer_tool', 'file_printed', 'archive_created', 'file_downloaded', 'label_changed', 'file_renamed', 'application_run', 'removable_media_mounted'] as const satisfies readonly Rule['kinds'][number][]
export const EDGE_PLACES = ['removable', 'network_share', 'cloud_sync', 'remote_session'] as const satisfies readonly Rule['destinations'][number][]
export const ASKS = ['', 'acknowledge', 'reason'] as const satisfies readonly Rule['ask'][]
export const NOTICE_LANGUAGES = ['en', 'de'] as const
export type NoticeLanguage = (typeof NOTICE_LANGUAGES)[number]

/** A notice in its own language, whatever the console's is; the agent has the same words. */
export const NOTICE_WORDS = {
  en: {
    title: 'Please check: {file}', body: '{file} went to {place}. The rules of your organisation ask for care here. This was recorded; if it is for your work, there is nothing that you need to do.', acknowledge: 'I understand', reason: 'It is for my work', file: 'Customers.xlsx', noPlace: 'a place that needs care',
    place: { removable: 'a removable medium', network_share: 'a network share', cloud_sync: 'a cloud folder', remote_session: 'a remote session' },
  },
  de: {
    title: 'Bitte prüfen: {file}', body: '{file} ging auf {place}. Die Regeln Ihrer Organisation verlangen hier Sorgfalt. Dies wurde aufgezeichnet; geschah es für Ihre Arbeit, müssen Sie nichts tun.', acknowledge: 'Verstanden', reason: 'Es ist für meine Arbeit', file: 'Kunden.xlsx', noPlace: 'einen Ort, der Sorgfalt verlangt',
    place: { removable: 'einen Wechseldatenträger', network_share: 'eine Netzwerkfreigabe', cloud_sync: 'einen Cloud-Ordner', remote_session: 'eine Fernsitzung' },
  },
} as const

const MIB = 1_048_576

export interface NoticeText {
  readonly title: string
  readonly body: string
}

export interface EdgeRuleForm {
  readonly id: string
  readonly enabled: boolean
  readonly kinds: readonly string[]
  readonly destinations: readonly string[]
  readonly sensitive: boolean
  readonly minCount: number | string
  readonly labels: string
  readonly minActivities: number | string
  readonly minMiB: number | string
  readonly windowMins: number | string
  readonly unallowedDevice: boolean
  readonly warn: boolean
  readonly first: boolean
  readonly maxPerHour: number | string
  readonly ask: Rule['ask']
  readonly texts: Readonly<Record<NoticeLanguage, NoticeText>>
  readonly kept: Pick<Rule, 'types' | 'texts'>
}

export interface EdgeForm {
  readonly languages: Edge['languages']
  readonly rules: readonly EdgeRuleForm[]
}

const noText: NoticeText = { title: '', body: '' }
export const emptyRule: EdgeRuleForm = {
  id: '', enabled: true, kinds: ['file_copied'], destinations: ['removable'], sensitive: true, minCount: 0, labels: '', minActivities: 0, minMiB: 0, windowMins: 60, unallowedDevice: false, warn: true, first: false, maxPerHour: 3, ask: 'acknowledge',
  texts: { en: noText, de: noText }, kept: { types: [], texts: [] },
}

const ruleFormOf = (rule: Rule): EdgeRuleForm => ({
  ...rule, kinds: rule.kinds.length === 0 ? ['file_copied'] : rule.kinds, labels: rule.labels.join('\n'), minMiB: rule.minBytes / MIB, windowMins: rule.windowSecs / 60, kept: { types: rule.types, texts: rule.texts },
  texts: { en: rule.texts.find(({ language }) => language === 'en') ?? noText, de: rule.texts.find(({ language }) => language === 'de') ?? noText },
})

export const edgeFormOf = ({ languages, rules }: Edge): EdgeForm => ({ languages, rules: rules.map(ruleFormOf) })

const lines = (text: string): string[] => [...new Set(text.split('\n').map((line) => line.trim()).filter((line) => line !== ''))]

const ruleOf = ({ id, enabled, kinds, destinations, sensitive, minCount, labels, minActivities, minMiB, windowMins, unallowedDevice, warn, first, maxPerHour, ask, texts, kept }: EdgeRuleForm): Rule => ({
  id, enabled, kinds: EDGE_KINDS.filter((kind) => kinds.includes(kind)), destinations: EDGE_PLACES.filter((place) => destinations.includes(place)), sensitive, types: kept.types, minCount: Number(minCount), labels: lines(labels),
  minActivities: Number(minActivities), minBytes: Math.round(Number(minMiB) * MIB), windowSecs: Math.round(Number(windowMins) * 60), unallowedDevice, warn, first, maxPerHour: Number(maxPerHour), ask,
  texts: [
    ...NOTICE_LANGUAGES.flatMap((language) => (texts[language].title === '' && texts[language].body === '' ? [] : [{ language, title: texts[language].title, body: texts[language].body }])),
    ...kept.texts.filter(({ language }) => !NOTICE_LANGUAGES.some((one) => one === language)),
  ],
})

export const edgeOf = ({ languages, rules }: EdgeForm): Edge => ({ languages, rules: rules.map(ruleOf) })

const whole = (value: number | string, min: number, max: number): boolean => value !== '' && Number.isInteger(Number(value)) && Number(value) >= min && Number(value) <= max
export const idIsValid = ({ id }: EdgeRuleForm, all: readonly EdgeRuleForm[]): boolean => /^[a-z0-9][a-z0-9_.-]{0,63}$/.test(id) && all.filter((other) => other.id === id).length === 1
export const doesSomething = ({ enabled, warn, first }: EdgeRuleForm): boolean => !enabled || warn || first

/** Whether the collector will take it. */
export const edgeIsValid = ({ rules }: EdgeForm): boolean =>
  rules.length <= 50 && rules.every((rule) => idIsValid(rule, rules) && doesSomething(rule) && rule.kinds.length > 0 && whole(rule.minCount, 0, 1_000_000) && whole(rule.minActivities, 0, 1_000_000) && Number(rule.minMiB) >= 0 && Number(rule.minMiB) <= MIB && Number(rule.windowMins) * 60 >= 1 && Number(rule.windowMins) <= 1440 && whole(rule.maxPerHour, 1, 60)
    && lines(rule.labels).every((label) => label.length <= 200) && NOTICE_LANGUAGES.every((language) => rule.texts[language].title.length <= 120 && rule.texts[language].body.length <= 1000))
