import { describe, expect, test } from 'vitest'
import { afterTry, type Notice, type NoticeContent, RETRY_PAUSES_MS } from '../domain/cases/notice.ts'
import { CodedError } from '../errors.ts'
import { addressOf, withoutAddresses } from '../exports/mail.ts'
import { buildUser, MONDAY_MS } from '../testing/builders.ts'
import { buildNotice } from '../testing/cases-contract.ts'
import { mailOf } from './address.ts'
import { composeDigest } from './digest.ts'
import { checkContent, noticeVariables, renderNotice, sampleValues, usesPerson } from './render.ts'
import { starterTemplates } from './starters.ts'

const content = (over: Partial<NoticeContent> = {}): NoticeContent => ({ from: '', cc: [], bcc: [], subject: 'Hello', body: 'Body', format: 'text', ...over })
const problemOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    return error instanceof CodedError ? `${error.code} ${String(error.parameters['problem'])}` : String(error)
  }
  return 'nothing'
}

describe('a template holds only what the table of variables allows', () => {
  test.each([
    ['{{ secret }}', 'there is no variable secret'], ['{{ user.email }}', 'there is no variable user.email'], ['{{ user }}', 'there is no variable user'], ['{{ case.constructor }}', 'there is no variable case.constructor'], ['{{ today.__proto__ }}', 'there is no variable'], ['{% for i in (1..1000000000) %}x{% endfor %}', 'tag "for" not found'],
    ['{% include "/etc/passwd" %}', 'tag "include" not found'], ['{% render "x" %}', 'tag "render" not found'], ['{% layout "x" %}', 'tag "layout" not found'], ['{% assign a = "b" %}', 'tag "assign" not found'], ['{{ user.name', 'not closed'], ['{{ today | json }}', 'undefined filter'], ['{{ user.name | raw }}', 'undefined filter'], ['x'.repeat(50_001), '50000'],
  ])('%s is refused', (body, problem) => {
    expect(problemOf(() => {
      checkContent(content({ body }))
      renderNotice(content({ body }), sampleValues())
    })).toContain(problem)
  })
  test('every variable of the table stands for its value, and templates to begin with can be sent', () => {
    for (const name of Object.keys(noticeVariables)) expect(renderNotice(content({ body: `{{ ${name} }}` }), sampleValues()).text).toBe(noticeVariables[name as keyof typeof noticeVariables].sample)
    for (const starter of starterTemplates) {
      checkContent(starter)
      expect(renderNotice(starter, sampleValues()).text).toContain('Alex Example')
      expect(renderNotice(starter, {}).text).not.toContain('undefined')
    }
  })
  test('conditions work, and whether the name is used is known', () => {
    expect(renderNotice(content({ body: '{% if training.url != "" %}yes{% else %}no{% endif %}' }), {}).text).toBe('no')
    expect([usesPerson(content()), usesPerson(content({ subject: 'For {{ user.name }}' }))]).toEqual([false, true])
  })
})

describe('a header cannot be injected', () => {
  test.each(['a\r\nBcc: x@y.example', 'a\nb', 'a\u0000b', ' ', 'x'.repeat(201)])('a subject %j is refused', (subject) => {
    expect(problemOf(() => checkContent(content({ subject })))).toMatch(/^NOTICE_INVALID the subject/)
  })
  test('a line break in a value does not get into the subject', () => {
    expect(renderNotice(content({ subject: 'For {{ user.name }}' }), { 'user.name': 'Eve\r\nBcc: all@example.com\u2028x' }).subject).toBe('For Eve Bcc: all@example.com x')
  })
  test.each(['a@b.example, c@d.example', 'a@b.example\r\nBcc: c@d.example', '"x\\" <a@b.example>, <c@d.example>', 'group: a@b.example;', '<a@b.example> <c@d.example>', 'a b@c.example', 'a@', '@b', 'a@b.example\u0000', 'Name <a@b.example', 'a@b@c'])('%j is not one address', (text) => {
    expect(addressOf(text)).toBeUndefined()
    expect(problemOf(() => checkContent(content({ cc: [text] })))).toMatch(/^NOTICE_INVALID cc/)
  })
  test.each([['a@b.example', 'a@b.example'], ['Security Team <sec+x@b.example>', 'sec+x@b.example'], ["o'neil@b.example", "o'neil@b.example"]])('%s is one', (text, address) => {
    expect(addressOf(text)).toBe(address)
  })
})

describe('HTML brings in no more than plain formatting', () => {
  test.each([
    '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<p onclick="x()">t</p>', "<a href='javascript:alert(1)'>t</a>", '<a href="//evil.example">t</a>', '<iframe src="https://e.example"></iframe>', '<style>p{}</style>', '<p style="x">t</p>', '<form action="https://e.example"><input></form>', '<svg onload=alert(1)>', '<meta http-equiv=refresh>', '<a href="data:text/html,x">t</a>', '<link rel=stylesheet href=x>', '<p><b><scr<script>ipt>alert(1)</p>',
  ])('%s', (body) => {
    const { html = '' } = renderNotice(content({ body: `<p>keep</p>${body}`, format: 'html' }), {})
    expect(html).toContain('<p>keep</p>')
    expect(html).not.toMatch(/<script|<img|<iframe|<style|<form|<input|<svg|<meta|<link|onclick|onerror|javascript:|data:|style=|\/\/evil/i)
  })
  test('a value is text and stays so', () => {
    const { html, text } = renderNotice(content({ body: '<p>{{ user.name }}</p>', format: 'html' }), { 'user.name': '<b>Eve</b> & <script>x</script>' })
    expect(html).toBe('<p>&lt;b&gt;Eve&lt;/b&gt; &amp; &lt;script&gt;x&lt;/script&gt;</p>')
    expect(text).toBe('<b>Eve</b> & <script>x</script>')
  })
  test('a link in single quotes stays, and has its address in the text as well', () => {
    expect(renderNotice(content({ body: "<p>See <a href='{{ training.url }}'>the course</a>.</p><ul><li>one</li><li>two</li></ul>", format: 'html' }), sampleValues())).toEqual({
      subject: 'Hello', html: '<p>See <a href="https://training.example.com/data">the course</a>.</p><ul><li>one</li><li>two</li></ul>', text: 'See the course (https://training.example.com/data).\none\ntwo',
    })
  })
})

describe('what becomes of a notice', () => {
  const failed = { kind: 'failed', answer: 'refused', retryable: true } as const
  test('a failure that may pass is tried again with growing pauses, and then has failed', () => {
    let notice: Notice = buildNotice()
    const pauses: number[] = []
    for (let tries = 0; notice.state === 'queued' && tries < 20; tries += 1) {
      notice = afterTry(notice, failed, MONDAY_MS)
      if (notice.nextAtMs !== undefined) pauses.push(notice.nextAtMs - MONDAY_MS)
    }
    expect([notice.state, notice.tries, pauses]).toEqual(['failed', RETRY_PAUSES_MS.length + 1, RETRY_PAUSES_MS])
    expect(pauses.every((pause, index) => index === 0 || pause > (pauses[index - 1] ?? 0))).toBe(true)
  })
  test('one that is refused for good, or whose end is not known, is not tried again', () => {
    expect(afterTry(buildNotice(), { ...failed, retryable: false }, MONDAY_MS)).toMatchObject({ state: 'failed', tries: 1 })
    expect(afterTry(buildNotice(), { kind: 'unknown', answer: 'lost', sha256: 'h' }, MONDAY_MS)).toMatchObject({ state: 'unknown', sha256: 'h' })
    expect('nextAtMs' in afterTry(buildNotice({ nextAtMs: 5 }), { kind: 'unknown', answer: 'lost' }, MONDAY_MS)).toBe(false)
  })
  test('answers of servers lose the addresses in them', () => {
    expect(withoutAddresses('550 5.1.1 <alice@example.com>: Recipient\r\nrejected by mx.example.com')).toBe('550 5.1.1 <(address)>: Recipient rejected by mx.example.com')
  })
  test('an address is that of the directory, else of an identity, else none', () => {
    expect(mailOf(buildUser({ email: 'a@b.example', identities: [{ kind: 'email', value: 'other@b.example' }] }))).toBe('a@b.example')
    expect(mailOf(buildUser({ identities: [{ kind: 'upn', value: 'u@b.example' }, { kind: 'email', value: 'e@b.example' }] }))).toBe('e@b.example')
    expect(mailOf(buildUser({ email: 'Alice\r\nBcc: x@y.example' }))).toBeUndefined()
  })
})

describe('a digest', () => {
  test('tells a burst in one message, with links, and no more than it can hold', () => {
    const items = Array.from({ length: 40 }, (_, index) => ({ kind: 'high_alert' as const, atMs: MONDAY_MS, text: `ANON-${index}, policy Leaks, score 80`, path: `/alerts/al_${index}` }))
    const { subject, text } = composeDigest([...items, { kind: 'first_alert', atMs: MONDAY_MS, text: 'Policy Leaks has its first alert.', path: '/policies/p_1' }], 'https://hf.example', 'Example')
    expect(subject).toBe('[Holdfast] 40 new alerts of high severity; The first alert of a policy')
    expect(text).toContain('- 2026-03-02 09:00 UTC  ANON-0, policy Leaks, score 80\n  https://hf.example/alerts/al_0')
    expect(text).toContain('- and 10 more')
  })
})
