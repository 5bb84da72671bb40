// Shows the page of what is collected in the person's own browser, or writes it where they say.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CodedError } from '../errors.ts'
import { type Disclosure, disclosureIn } from './disclosure.ts'
import { disclosurePage, pagePath } from './disclosure-page.ts'
import type { Language } from './disclosure-words.ts'
import { print, say } from './output.ts'

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, string>>> = { linux: 'xdg-open', darwin: 'open', win32: 'explorer.exe' }

/** @param path `-` for standard output */
export async function writePage(disclosure: Disclosure, language: Language, path: string): Promise<void> {
  const page = disclosurePage(disclosureIn(disclosure, language), language, Date.now())
  if (path === '-') print(page.trimEnd())
  else {
    await writeFile(path, page)
    say(`Written to ${path}`)
  }
}

/** The one that the agent keeps up to date where there is one, else a copy of one's own. */
async function pageOf(disclosure: Disclosure, language: Language, published: readonly (string | undefined)[]): Promise<string> {
  for (const file of published) {
    const page = file === undefined ? undefined : pagePath(file, language)
    if (page !== undefined && (await access(page).then(() => true, () => false))) return page
  }
  const page = join(await mkdtemp(join(tmpdir(), 'holdfast-')), `what-is-collected.${language}.html`)
  await writeFile(page, disclosurePage(disclosureIn(disclosure, language), language, Date.now()), { mode: 0o600 })
  return page
}

/**
 * Never as root: a browser that root starts reads the web with root's rights.
 *
 * @throws COMMAND_USE as root, or where no browser can be started; the path of the page is told then
 */
export async function openPage(disclosure: Disclosure, language: Language, published: readonly (string | undefined)[]): Promise<void> {
  const page = await pageOf(disclosure, language, published)
  if (process.geteuid?.() === 0) throw new CodedError('COMMAND_USE', { problem: `A browser is not started as root; open ${page} with your own account` })
  const child = spawn(OPENERS[process.platform] ?? 'xdg-open', [page], { stdio: 'ignore', detached: true })
  try {
    await once(child, 'spawn')
  } catch (cause) {
    throw new CodedError('COMMAND_USE', { problem: `No browser could be started; open ${page}` }, { cause })
  }
  child.unref()
  say(page)
}
