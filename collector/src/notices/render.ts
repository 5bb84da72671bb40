// What stands in a notice, made from what somebody wrote.
//
// Subject and body are Liquid with the variables of the table below and nothing else: no loops, no files, no filters that
// undo escaping, and limits on size, time and memory. A variable that is not in the table is refused when the template is
// saved, not when the mail goes out. HTML is cleaned after the variables stand in it, so that neither the template nor a
// value can bring in more than plain formatting. A subject is one line, whatever stands in a value.
import { Liquid } from 'liquidjs'
import sanitizeHtml from 'sanitize-html'
import { CodedError } from '../errors.ts'
import type { NoticeContent } from '../domain/cases/notice.ts'
import { addressOf } from '../exports/mail.ts'

/** Every variable, what it is, and what a preview shows for it. */
export const noticeVariables = {
  'user.name': { doc: 'Name of the person. Only the person reads it; here it stays hidden.', sample: 'Alex Example' },
  'case.id': { doc: 'Id of the case.', sample: 'cs_0197f3c2a1b47e6f' },
  'case.name': { doc: 'Name of the case.', sample: 'Files on a stick' },
  'case.opened': { doc: 'Day on which the case was opened.', sample: '2026-03-02' },
  'policy.name': { doc: 'Name of the policy of the first alert of the case.', sample: 'Data leaks' },
  'alert.count': { doc: 'Number of alerts of the case.', sample: '2' },
  today: { doc: 'Day on which the notice is written (UTC).', sample: '2026-03-05' },
  'organisation.name': { doc: 'Name of the organisation.', sample: 'Example Ltd' },
  'sender.name': { doc: 'Account that sends the notice.', sample: 'm.ortiz' },
  'training.url': { doc: 'Address of the training, from the case settings.', sample: 'https://training.example.com/data' },
} as const

export type NoticeVariable = keyof typeof noticeVariables
export type NoticeValues = Readonly<Partial<Record<NoticeVariable, string>>>
/** Taken when the mail goes out and kept nowhere. */
export const PERSONAL: readonly NoticeVariable[] = ['user.name']

const MAX_SUBJECT = 200
const MAX_BODY = 50_000
const TAGS = new Set(['if', 'unless', 'case', 'comment', 'raw'])
const FILTERS = new Set(['default', 'upcase', 'downcase', 'capitalize', 'strip', 'truncate', 'append', 'prepend', 'replace', 'date'])
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g

function createEngine(escape: boolean): Liquid {
  const engine = new Liquid({ strictVariables: true, lenientIf: true, strictFilters: true, ownPropertyOnly: true, parseLimit: MAX_BODY, renderLimit: 500, memoryLimit: 2_000_000, templates: {}, timezoneOffset: 'UTC', ...(escape ? { outputEscape: 'escape' as const } : {}) })
  for (const name of Object.keys(engine.tags)) if (!TAGS.has(name)) delete (engine.tags as Record<string, unknown>)[name]
  // What is not asked for by a template keeps the engine's own workings, such as escaping, going.
  for (const name of Object.keys(engine.filters)) if (!FILTERS.has(name) && name !== 'escape') delete (engine.filters as Record<string, unknown>)[name]
  return engine
}
const plain = createEngine(false)
const html = createEngine(true)

const invalid = (problem: string): CodedError => new CodedError('NOTICE_INVALID', { problem })

/** Names and values as the objects that a template asks. */
function scopeOf(values: NoticeValues): Readonly<Record<string, unknown>> {
  const scope: Record<string, unknown> = {}
  for (const name of Object.keys(noticeVariables) as NoticeVariable[]) {
    const [head = '', tail] = name.split('.')
    const value = values[name] ?? ''
    if (tail === undefined) scope[head] = value
    else scope[head] = { ...(scope[head] as object | undefined), [tail]: value }
  }
  return scope
}

/** Variables that a text uses. @throws NOTICE_INVALID */
function variablesOf(engine: Liquid, text: string, place: string): readonly string[] {
  try {
    return engine.globalVariableSegmentsSync(engine.parse(text)).map((segments) => segments.map((segment) => (typeof segment === 'string' || typeof segment === 'number' ? String(segment) : '?')).join('.'))
  } catch (cause) {
    throw invalid(`${place}: ${cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'cannot be read'}`)
  }
}

/** Whether a text uses a variable of the person. */
export const usesPerson = (content: Pick<NoticeContent, 'subject' | 'body'>): boolean => [content.subject, content.body].some((text) => variablesOf(plain, text, 'the text').some((name) => PERSONAL.includes(name as NoticeVariable)))

/**
 * Checks what somebody wrote.
 * @throws NOTICE_INVALID with the place
 */
export function checkContent(content: NoticeContent): void {
  if (content.subject.trim() === '' || content.subject.length > MAX_SUBJECT) throw invalid(`the subject needs 1 to ${MAX_SUBJECT} characters`)
  if (content.subject.replaceAll(CONTROL, '') !== content.subject) throw invalid('the subject must be one line')
  if (content.body.trim() === '' || content.body.length > MAX_BODY) throw invalid(`the body needs 1 to ${MAX_BODY} characters`)
  for (const [place, text] of [['subject', content.subject], ['body', content.body]] as const) {
    for (const name of variablesOf(place === 'body' && content.format === 'html' ? html : plain, text, place)) if (!Object.hasOwn(noticeVariables, name)) throw invalid(`${place}: there is no variable ${name}`)
  }
  if (content.from !== '' && addressOf(content.from) === undefined) throw invalid('from: is not exactly one address')
  for (const [place, list] of [['cc', content.cc], ['bcc', content.bcc]] as const) for (const text of list) if (addressOf(text) === undefined) throw invalid(`${place}: ${JSON.stringify(text.slice(0, 60))} is not exactly one address`)
}

/** Formatting that any mail program shows; no pictures, since loading one tells who read when; no styles, no forms, no scripts. */
const CLEAN: sanitizeHtml.IOptions = {
  allowedTags: ['p', 'br', 'b', 'strong', 'i', 'em', 'u', 's', 'ul', 'ol', 'li', 'a', 'h1', 'h2', 'h3', 'blockquote', 'hr', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'pre', 'code', 'span', 'div'],
  allowedAttributes: { a: ['href', 'title'] }, allowedSchemes: ['https', 'http', 'mailto'], allowProtocolRelative: false, disallowedTagsMode: 'discard', enforceHtmlBoundary: false, nestingLimit: 30,
}

export const cleanHtml = (text: string): string => sanitizeHtml(text, CLEAN)

/** The same words without the formatting, for programs that show text only. */
export function textOfHtml(clean: string): string {
  const broken = clean.replaceAll(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/gs, (_whole, href: string, words: string) => (words === href ? words : `${words} (${href})`)).replaceAll(/<br\s*\/?>|<\/(?:p|li|h[1-3]|tr|div|blockquote|pre)>/g, '$&\n')
  const text = sanitizeHtml(broken, { allowedTags: [], allowedAttributes: {} })
  const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&nbsp;': ' ' }
  return text.replaceAll(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => entities[entity] ?? entity).replaceAll(/\n{3,}/g, '\n\n').trim()
}

export interface RenderedNotice {
  readonly subject: string
  readonly text: string
  /** Clean; of a notice in HTML. */
  readonly html?: string
}

/** The notice with values in the place of its variables. @throws NOTICE_INVALID */
export function renderNotice(content: Pick<NoticeContent, 'subject' | 'body' | 'format'>, values: NoticeValues): RenderedNotice {
  const scope = scopeOf(values)
  const render = (engine: Liquid, text: string, place: string): string => {
    try {
      return String(engine.parseAndRenderSync(text, scope))
    } catch (cause) {
      throw invalid(`${place}: ${cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'cannot be made'}`)
    }
  }
  const subject = render(plain, content.subject, 'subject').replaceAll(CONTROL, ' ').trim().slice(0, 2 * MAX_SUBJECT)
  if (content.format === 'text') return { subject, text: render(plain, content.body, 'body') }
  const clean = cleanHtml(render(html, content.body, 'body'))
  return { subject, text: textOfHtml(clean), html: clean }
}

export const sampleValues = (): NoticeValues => Object.fromEntries(Object.entries(noticeVariables).map(([name, row]) => [name, row.sample])) as NoticeValues
