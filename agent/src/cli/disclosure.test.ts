import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ACTIVITY_KINDS, activityKinds } from '@holdfast/proto'
import { describe, expect, it } from 'vitest'
import { discloseCollection, disclosureIn, publishDisclosure } from './disclosure.ts'
import { disclosurePage } from './disclosure-page.ts'
import { disclosureWords, languageOf } from './disclosure-words.ts'

const identity = { organisation: 'acme', collectorUrl: 'https://holdfast.acme.example:8443' }
const NOW = Date.UTC(2026, 10, 24, 12)

describe('what the watched person is told', () => {
  it('names what the policy asks for, where, what is left out, and nothing else', () => {
    const { collected, ask, policyVersion, policyExpiresAt } = discloseCollection(
      { files: { enabled: true, roots: ['~', '/srv'], removableRoots: ['/media'], kinds: ['file_deleted', 'file_copied', 'file_unheard_of'], excludes: ['**/.git/**'] }, removableMedia: { enabled: false }, securityFeatures: { enabled: true, features: ['firewall.ufw'] } },
      identity, { version: 3, expiresAtMs: Date.UTC(2027, 0, 1) },
    )
    expect(collected.map(({ activities }) => activities.map(({ kind }) => kind))).toEqual([['file_copied', 'file_deleted'], ['security_feature_changed'], ['agent_started', 'agent_stopped', 'agent_degraded', 'agent_tampered', 'clock_changed', 'telemetry_gap'], []])
    expect(collected[0]).toMatchObject({ where: ['~ and below', '/srv and below', '/media (removable media)'], leftOut: ['**/.git/**'], activities: [{ summary: activityKinds.file_copied.summary }, { summary: activityKinds.file_deleted.summary }] })
    expect(collected[1]?.where).toEqual(['firewall.ufw'])
    expect([policyVersion, policyExpiresAt]).toEqual([3, '2027-01-01T00:00:00.000Z'])
    expect(ask).toContain('acme')
    expect(ask).toContain('holdfast.acme.example:8443')
  })

  it('is only the agent itself before the first policy', () => {
    expect(discloseCollection({}, identity, { version: 0 }).collected).toHaveLength(2)
  })

  it('promises no more than the policy keeps: content, mail and passwords in files, and addresses', () => {
    const never = (policy: Parameters<typeof discloseCollection>[0]) => discloseCollection(policy, identity, { version: 1 }).neverCollected.join(' ')
    const plain = never({ files: { enabled: true, kinds: ['file_copied'] } })
    expect(plain).toContain('only their names, sizes and check sums leave')
    expect(plain).toContain('Your passwords, your mail and your messages. ')
    expect(plain).toContain('Which pages you look at. ')
    const looked = never({ files: { enabled: true, kinds: ['file_downloaded'] }, inspection: { enabled: true } })
    expect(looked).toContain('the number of sensitive pieces in them')
    expect(looked).toContain('counted like any other text of that file')
    expect(looked).toContain('the address that a downloaded file came from')
    const kept = never({ evidence: { enabled: true, destinations: ['removable'] }, applications: { transfers: true } })
    expect(kept).toContain('any other file than the copies')
    expect(kept).toContain('has in it what the file has')
    expect(kept).toContain('the host that a file was sent to')
  })

  it('names each part of a policy that has a sensor', () => {
    const all = discloseCollection({
      files: { enabled: true, roots: ['~'], kinds: ['file_copied'] }, removableMedia: { enabled: true }, securityFeatures: { enabled: true }, applications: { enabled: true, runs: true, deniedPrograms: ['ngrok'], transfers: true, uploads: true },
      inspection: { enabled: true }, evidence: { enabled: true, destinations: ['removable'] }, edge: { rules: [{ id: 'cards', warn: true }] }, printing: { enabled: true },
    }, identity, { version: 1 })
    expect(all.collected).toHaveLength(13)
    expect(all.translations.de.collected).toHaveLength(13)
  })

  it('has a word in each language for each activity, and no sentence of one in the other', () => {
    for (const kind of ACTIVITY_KINDS) for (const language of ['en', 'de'] as const) expect(disclosureWords[language].kinds[kind], `${kind} in ${language}`).toMatch(/^\p{Lu}.+\.$/u)
    for (const kind of ACTIVITY_KINDS) expect(disclosureWords.de.kinds[kind]).not.toBe(disclosureWords.en.kinds[kind])
    expect(Object.keys(disclosureWords.de).toSorted()).toEqual(Object.keys(disclosureWords.en).toSorted())
  })

  it.each([[{ LANG: 'de_AT.UTF-8' }, 'de'], [{ LC_ALL: 'en_GB.UTF-8', LANG: 'de_DE.UTF-8' }, 'en'], [{ LANG: 'en_US.UTF-8', LANGUAGE: 'de:en' }, 'de'], [{ LANG: 'C', LANGUAGE: 'de' }, 'en'], [{ LANG: 'C.UTF-8' }, 'en'], [{}, 'en'], [{ LANG: 'dev_XX' }, 'en']] as const)('comes in the language of the locale: %j is %s', (environment, language) => {
    expect(languageOf(environment)).toBe(language)
  })

  it('can be read by every account of the device, in a folder that everybody may enter', async () => {
    const before = process.umask(0o077)
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-disclosure-'))
    try {
      const path = join(folder, 'public', 'what-is-collected.json')
      const disclosure = discloseCollection({}, identity, { version: 0 })
      await publishDisclosure(path, disclosure)
      expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(disclosure)
      expect((await readdir(join(folder, 'public'))).toSorted()).toEqual(['what-is-collected.de.html', 'what-is-collected.en.html', 'what-is-collected.json'])
      for (const name of await readdir(join(folder, 'public'))) expect((await stat(join(folder, 'public', name))).mode & 0o777).toBe(0o644)
      expect((await stat(join(folder, 'public'))).mode & 0o777).toBe(0o755)
      // A changed policy makes all of them anew.
      await publishDisclosure(path, discloseCollection({ files: { enabled: true, roots: ['/srv/new'], kinds: ['file_copied'] } }, identity, { version: 2 }))
      expect(await readFile(join(folder, 'public/what-is-collected.de.html'), 'utf8')).toContain('/srv/new und darunter')
    } finally {
      process.umask(before)
      await rm(folder, { recursive: true })
    }
  })
})

describe('the page', () => {
  const hostile = discloseCollection({ files: { enabled: true, roots: ['/srv/<script>alert(1)</script>"onload="x'], kinds: ['file_copied'], excludes: Array.from({ length: 40 }, (_, index) => `**/cache-${index}/**`) } }, { ...identity, organisation: 'A & B <i>GmbH</i>' }, { version: 3, expiresAtMs: Date.UTC(2027, 0, 1) })

  it.each(['en', 'de'] as const)('runs nothing, loads nothing and lets nothing in a policy become markup (%s)', (language) => {
    const page = disclosurePage(disclosureIn(hostile, language), language, NOW, '/run/x/what-is-collected.json')
    expect(page).not.toContain('<script>')
    expect(page).not.toContain('<i>')
    expect(page).toContain('A &amp; B &lt;i&gt;GmbH&lt;/i&gt;')
    expect(page).toMatch(/Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-[A-Za-z0-9+/]{43}=&#39;/)
    // Its only link is the page in the other language.
    expect([...page.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, target]) => target)).toEqual([`what-is-collected.${language === 'en' ? 'de' : 'en'}.html`])
    expect(page).not.toMatch(/https?:|url\(|@import/)
    expect(page).toContain(`<html lang="${language}">`)
  })

  it('says everything that the command says, and folds what is long', () => {
    const page = disclosurePage(hostile, 'en', NOW)
    for (const line of hostile.neverCollected) expect(page).toContain(line.replaceAll("'", '&#39;'))
    expect(page).toContain('Show all 40')
    expect(page).toContain('**/cache-39/**')
    expect(page).toContain('24 November 2026')
  })

  it('shows what an earlier release wrote, which knew no languages', () => {
    const { translations: _translations, language: _language, ...old } = hostile
    expect(disclosurePage(disclosureIn(old, 'de'), 'de', NOW)).toContain('<html lang="de">')
  })
})
