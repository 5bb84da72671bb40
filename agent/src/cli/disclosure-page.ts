// The page that tells a person what is collected: one file, read over file://, that loads nothing and runs nothing.
//
// A file and not a port: a listener of root would be open to every program of the device, and to every page that a browser
// shows. What stands in it comes from a signed policy and is text; markup in it stays text, and the page's own policy
// forbids everything but its style.
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { Disclosure } from './disclosure.ts'
import { disclosureWords, type Language } from './disclosure-words.ts'

/** `what-is-collected.json` -> `what-is-collected.de.html`, in the same folder. */
export const pagePath = (disclosureFile: string, language: Language): string => `${disclosureFile.replace(/\.json$/, '')}.${language}.html`

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

/** Longer lists are folded: a policy may name hundreds of excluded paths. */
const SHOWN = 12

const STYLE = `
:root { color-scheme: light dark; --page: #f5f7f8; --panel: #fff; --line: #dde3e6; --text: #1b2125; --soft: #565d64; --mark: #0a5a64; --never: #1c6b36; --loud: #a04100; --loud-back: #fdf3ec; --chip: #eef2f4; }
@media (prefers-color-scheme: dark) { :root { --page: #111417; --panel: #1a1e22; --line: #2e353b; --text: #e3e6e8; --soft: #b0b3b8; --mark: #7fd6dd; --never: #7fd49a; --loud: #ffb58a; --loud-back: #2c2119; --chip: #262c31; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
header { display: flex; gap: 1rem; align-items: flex-start; margin-bottom: 1.5rem; }
header svg { flex: none; width: 44px; height: 44px; margin-top: .2rem; }
header div { flex: 1; }
h1 { font-size: 1.65rem; line-height: 1.25; margin: 0 0 .25rem; text-wrap: balance; }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .75rem; }
h3 { font-size: 1rem; line-height: 1.45; margin: 0 0 .5rem; }
p { margin: 0; }
.more { margin-bottom: .5rem; }
a { color: var(--mark); }
.soft { color: var(--soft); font-size: .9rem; }
section { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.15rem; margin-bottom: .75rem; overflow-wrap: anywhere; }
section.loud { border-color: var(--loud); background: var(--loud-back); }
section.never { border-inline-start: 4px solid var(--never); }
section ul { margin: 0; padding-inline-start: 1.15rem; }
section li { margin: .15rem 0; }
section.never li { margin: .4rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem .9rem; margin: .75rem 0 0; font-size: .9rem; }
dt { color: var(--soft); padding-top: .1rem; }
dd { margin: 0; min-width: 0; }
.chip { display: inline-block; background: var(--chip); border-radius: 5px; padding: .05rem .45rem; margin: 0 .3rem .3rem 0; }
summary { cursor: pointer; color: var(--mark); margin-top: .15rem; }
summary:focus-visible, a:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; border-radius: 3px; }
footer { margin-top: 2rem; }
@media (max-width: 32rem) { dl { grid-template-columns: 1fr; gap: .1rem; } dd { margin-bottom: .4rem; } }
@media print { body { background: #fff; color: #000; } main { padding: 0; max-width: none; } section { break-inside: avoid; } }
`
const MARK = '<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7" fill="#0c6670"/><path d="M16 6v15M9 13c0 5 3 8 7 8s7-3 7-8M16 21c-3 0-5 2-6 5M16 21c3 0 5 2 6 5M16 21v5" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/></svg>'
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`

/** A sentence as a heading and what it goes on to say. */
function split(what: string): readonly [heading: string, more: string] {
  const [, heading, more] = /^(.{3,140}?)(?:: |\. )(.+)$/su.exec(what) ?? []
  if (heading === undefined || more === undefined) return [what, '']
  return [heading, `${more.charAt(0).toUpperCase()}${more.slice(1)}${/[.!?]$/.test(more) ? '' : '.'}`]
}

/** @param path of the disclosure file: the pages of other languages lie beside it; absent for a page that stands alone */
export function disclosurePage(disclosure: Disclosure, language: Language, nowMs: number, path?: string): string {
  const words = disclosureWords[language]
  const chips = (list: readonly string[]): string => list.map((text) => `<span class="chip">${escape(text)}</span>`).join('')
  const values = (list: readonly string[]): string => (list.length <= SHOWN ? chips(list) : `${chips(list.slice(0, SHOWN))}<details><summary>${escape(words.more(list.length))}</summary>${chips(list.slice(SHOWN))}</details>`)
  const fact = (name: string, list: readonly string[]): string => (list.length === 0 ? '' : `<dt>${escape(name)}</dt><dd>${values(list)}</dd>`)
  const parts = disclosure.collected.map(({ what, activities, where, leftOut }, index) => {
    const homes = where.some((place) => place.startsWith('~')) ? [words.homes] : []
    const loud = index === 0 && activities[0]?.kind === 'file_copied' && /^[\p{Lu} ]{8,}/u.test(what)
    const [heading, more] = split(what)
    return `<section${loud ? ' class="loud"' : ''}><h3>${escape(heading)}</h3>${more === '' ? '' : `<p class="more">${escape(more)}</p>`}${activities.length === 0 ? '' : `<ul>${activities.map(({ summary }) => `<li>${escape(summary)}</li>`).join('')}</ul>`}<dl>${fact(activities.length === 0 ? words.which : words.where, where)}${fact(words.leftOut, leftOut)}</dl>${homes.map((line) => `<p class="soft">${escape(line)}</p>`).join('')}</section>`
  })
  const other: Language = language === 'en' ? 'de' : 'en'
  const switcher = path === undefined ? '' : ` · <a href="${escape(encodeURI(basename(pagePath(path, other))))}" hreflang="${other}" lang="${other}">${escape(words.otherLanguage)}</a>`
  const when = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'long', timeStyle: 'short' }).format(nowMs)
  const until = disclosure.policyExpiresAt === undefined ? undefined : new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'long' }).format(Date.parse(disclosure.policyExpiresAt))
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escape(words.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>${MARK}<div><h1>${escape(words.title)}, ${escape(words.for(disclosure.organisation))}</h1><p class="soft">${escape(disclosure.policyVersion === 0 ? words.nothingYet : words.policy(disclosure.policyVersion, disclosure.organisation, until))}</p><p class="soft">${escape(words.updated(when))}${switcher}</p></div></header>
<h2>${escape(words.collected)}</h2>
${parts.join('\n')}
<h2>${escape(words.never)}</h2>
<section class="never"><ul>${disclosure.neverCollected.map((line) => `<li>${escape(line)}</li>`).join('')}</ul></section>
<h2>${escape(words.whom)}</h2>
<section><p>${escape(disclosure.ask)}</p></section>
<footer class="soft"><p>${escape(words.about)}</p></footer>
</main>
</body>
</html>
`
}
