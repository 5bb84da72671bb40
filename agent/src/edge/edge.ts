// What the device decides by itself, by the signed policy and without a connection: which activities are risky, and whom to warn.
//
//   emitter ── judge ──> rank, written with the activity ──> spool ── warn ──> notice in the person's session ──> `warning_shown`
//
// A warning follows what is safe on the disk, so that nobody is warned of what was not recorded. It never holds up a sensor.
// At most `maxPerHour` notices of a rule and person, SPACING_MS apart: whoever copies a thousand files is told once, and the
// next `warning_shown` says how many there were in between. There are no quiet hours: what leaves at night leaves as well.
import { randomUUID } from 'node:crypto'
import type { wire } from '@holdfast/proto'
import type { ActorHint, SensedActivity } from '../activity.ts'
import type { Notice, NoticeAnswer, Notices } from '../notice/contract.ts'
import { rankOf } from './ranks.ts'
import { compileEdgeRules, type EdgeRule, type EdgeRules, subjectOf } from './rules.ts'
import { wordsOf } from './texts.ts'

const HOUR_MS = 3_600_000
const SPACING_MS = 60_000
const MAX_PEOPLE = 1024

/** Who did it, as far as it was known when it was seen. */
export type Who = Pick<ActorHint, 'uid' | 'account'>

export interface EdgeDeps {
  readonly notices: Notices
  readonly emit: (activity: SensedActivity) => Promise<void>
  /** Absent: nobody can ask for permission here. */
  readonly exceptions?: {
    allows(media: wire.Media.$Properties, uid: number | undefined): boolean
    /** The person asks for permission; without a reason where the desktop has no field for one. */
    ask(media: wire.Media.$Properties, uid: number, reason: string | undefined): void
    /** Label of that choice. */
    label(language: string | undefined): string
  }
  readonly now: () => number
  /** Milliseconds of a clock that never jumps: moving the clock brings no notices and hides none. */
  readonly steady: () => number
}

export interface Edge {
  follow(policy: wire.AgentPolicy.$Properties): void
  /** Rank of an activity; called once for each, before it is spooled. Never throws. */
  judge(activity: SensedActivity, who: Who): number
  /** The activity is durable: warns whoever has to be. */
  stored(activity: SensedActivity, who: Who): void
  close(): Promise<void>
}

interface Told {
  readonly at: number[]
  suppressed: number
}

export function createEdge({ notices, emit, exceptions, now, steady }: EdgeDeps): Edge {
  let rules: EdgeRules | undefined
  /** Rules that hold for an activity between its being judged and being stored. */
  const due = new WeakMap<SensedActivity, readonly EdgeRule[]>()
  const told = new Map<string, Told>()
  const running = new Set<Promise<void>>()

  /** @returns how many were not told of since the last notice; undefined when this one is not told of either */
  const admit = (rule: EdgeRule, person: string): number | undefined => {
    const key = `${rule.id} ${person}`
    const at = steady()
    const entry: Told = told.get(key) ?? { at: [], suppressed: 0 }
    const recent = entry.at.filter((ms) => at - ms < HOUR_MS)
    if (recent.length >= rule.maxPerHour || at - (recent.at(-1) ?? -Infinity) < SPACING_MS) {
      entry.suppressed += 1
      return undefined
    }
    told.delete(key)
    told.set(key, { at: [...recent, at], suppressed: 0 })
    const [oldest] = told.keys()
    if (told.size > MAX_PEOPLE && oldest !== undefined) told.delete(oldest)
    return entry.suppressed
  }

  const say = (rule: EdgeRule, about: SensedActivity, who: Who, path: string, noticeId: string, facts: wire.WarningShown.$Properties): Promise<void> =>
    emit({ kind: 'warning_shown', occurredAtMs: now(), actor: { ...who, attribution: 'session' }, detail: { warningShown: { rule: rule.id, aboutKind: about.kind, aboutPath: path, noticeId, ...facts } } })

  const warn = async (rule: EdgeRule, languages: readonly string[], activity: SensedActivity, who: Who, suppressed: number): Promise<void> => {
    const subject = subjectOf(activity)
    const noticeId = randomUUID()
    const uid = who.uid ?? -1
    const language = await notices.languageOf(uid).catch(() => undefined)
    const words = wordsOf(rule, subject, language, languages)
    const { media } = subject
    const mayAsk = rule.unallowedDevice && exceptions !== undefined && media !== undefined && uid >= 0
    const onAnswer = ({ id, text }: NoticeAnswer): void => {
      void say(rule, activity, who, subject.path, noticeId, { outcome: 'answered', answer: id, ...(text === undefined ? {} : { reason: text }) })
      if (id === 'ask_permission' && mayAsk) exceptions.ask(media, uid, text)
    }
    const acknowledged = { id: 'acknowledged', label: words.acknowledged }
    const asking: Partial<Notice> = mayAsk && rule.ask !== '' ? { choices: [acknowledged, { id: 'ask_permission', label: exceptions.label(language) }], typed: 'ask_permission', onAnswer } : rule.ask === '' ? {} : rule.ask === 'acknowledge' ? { choices: [acknowledged], onAnswer } : { choices: [acknowledged, { id: 'business_reason', label: words.business }], typed: 'business_reason', onAnswer }
    const outcome = await notices.show({ uid, title: words.title, body: words.body, key: `edge ${rule.id}`, urgency: 'normal', ...asking })
    await say(rule, activity, who, subject.path, noticeId, { outcome, ...(suppressed === 0 ? {} : { suppressed }) })
  }

  const personOf = ({ uid, account }: Who): string => (uid === undefined ? account ?? '?' : String(uid))

  return {
    follow(policy) {
      rules = compileEdgeRules(policy, (media, person) => exceptions?.allows(media, /^\d+$/.test(person) ? Number(person) : undefined) === true)
    },
    judge(activity, who) {
      const rank = rankOf(activity)
      if (rules === undefined || activity.kind === 'warning_shown' || activity.recovered === true) return rank
      const matched = rules.match(activity, personOf(who), now())
      const warning = matched.filter((rule) => rule.warn)
      if (warning.length > 0) due.set(activity, warning)
      return matched.some((rule) => rule.first) ? 3 : rank
    },
    stored(activity, who) {
      const warning = due.get(activity)
      if (warning === undefined || rules === undefined) return
      due.delete(activity)
      const { languages } = rules
      for (const rule of warning) {
        const suppressed = admit(rule, personOf(who))
        if (suppressed === undefined) continue
        const showing = warn(rule, languages, activity, who, suppressed).finally(() => running.delete(showing))
        running.add(showing)
      }
    },
    async close() {
      await notices.close()
      await Promise.allSettled(running)
    },
  }
}
