// A copy traced to its source through a rename, a zip and a second stick: the real agent as root, real mounts, the real broker and
// collector, to the sequence of one alert.
import { chmod, chown, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newContext, settled, signInBrowser, startBrowser, useScheme } from '../support/browser.ts'
import { install, type Installation } from '../support/collector.ts'
import { until } from '../support/processes.ts'
import { applyPolicies, type RealAgent, runAgent, watch } from '../support/real-agent.ts'
import { pictureOf } from '../support/screens.ts'
import { asUid, insertStick, type Stick } from '../support/stick.ts'

const ALICE = 47_012
/** Enough for the policy to look, and few enough that an insight names each of them. */
const FILES = 12

interface ActivityView {
  readonly id: string
  readonly kind: string
  readonly summary: string
  readonly file?: { readonly path: string; readonly fingerprint?: string }
  readonly source?: { readonly path: string }
  readonly metadata: Readonly<Record<string, unknown>>
}
interface AlertView {
  readonly id: string
  readonly breakdown?: readonly { readonly code: string; readonly reason: string; readonly evidence?: readonly unknown[] }[]
}

describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('a copy', () => {
  let installation: Installation
  let agent: RealAgent
  let home: string
  let media: string
  const sticks: Stick[] = []
  const shell = (line: string): Promise<void> => asUid(ALICE, '/bin/sh', '-c', `cd "${home}" && ${line}`)
  const activities = async (): Promise<readonly ActivityView[]> => (await installation.client.get<{ items: readonly ActivityView[] }>('/api/v1/activities?limit=200')).items
  const seen = (what: string, fits: (all: readonly ActivityView[]) => boolean): Promise<readonly ActivityView[]> =>
    until(what, 60, async () => { const all = await activities(); return fits(all) ? all : undefined }).catch(async (error: unknown) => {
      throw new Error(`${String(error)}\n${JSON.stringify((await activities()).map(({ kind, file, summary }) => [kind, file?.path, summary]))}\n${agent.daemon.log().slice(-1500)}`)
    })
  const insert = async (name: string): Promise<Stick> => {
    const images = join(installation.folder, name)
    await mkdir(images)
    const stick = await insertStick(images, join(media, name), 'alice', ALICE, 32)
    sticks.push(stick)
    return stick
  }
  const copied = (all: readonly ActivityView[], stick: Stick): readonly ActivityView[] => all.filter(({ kind, file }) => kind === 'file_copied' && file?.path.startsWith(stick.path) === true)

  /** One look at the alert in a browser, with a picture of it in each scheme. */
  const onScreen = async (alert: string): Promise<void> => {
    const browser = await startBrowser()
    try {
      const context = await newContext(browser)
      await signInBrowser(context, installation)
      const page = await context.newPage()
      await page.goto(`${installation.url}/alerts/${alert}`)
      const steps = page.getByRole('region', { name: 'Sequence, step by step' })
      const trace = steps.getByRole('listitem').filter({ hasText: 'Copied to removable media' }).filter({ hasText: /film\.zip .* was copied to removable media from .*\/film\.raw, first known as holiday\.zip, with 12 known files in it/ })
      await trace.first().waitFor()
      await settled(page)
      for (const scheme of ['light', 'dark'] as const) {
        await useScheme(page, scheme)
        await pictureOf(steps, `sequence-${scheme}`)
      }
    } finally {
      await browser.close()
    }
  }

  beforeAll(async () => {
    installation = await install()
    await chmod(installation.folder, 0o711)
    home = join(installation.folder, 'home', 'alice')
    media = join(installation.folder, 'media')
    await mkdir(home, { recursive: true })
    await mkdir(media)
    await chown(home, ALICE, ALICE)
    await applyPolicies(installation)
    await watch(installation, { roots: [join(installation.folder, 'home')], removableRoots: [media] })
    agent = await runAgent(installation, await installation.enrolAgent('agent'))
  })
  afterAll(async () => {
    await agent?.stop()
    for (const stick of sticks) await stick.remove()
    await installation?.close()
  })

  it('is one trace from its source through a rename, a zip and a second stick, and one sequence of an alert', async () => {
    await shell(`mkdir plans && for i in $(seq ${FILES}); do echo "plan number $i, confidential" > plans/plan-$i.dwg; done`)
    // A later file that is known in an archive says that the earlier ones are known too: renamed at once, they would never have had another name.
    await shell('echo scratch of no interest > scratch.txt && zip -q scratch.zip scratch.txt')
    await seen('the files', (all) => all.some(({ kind, metadata }) => kind === 'archive_created' && metadata['knownMembers'] === 1))
    await shell('for i in plans/*.dwg; do mv "$i" "${i%.dwg}.jpg"; done')
    await seen('the renames', (all) => all.filter(({ kind }) => kind === 'file_renamed').length === FILES)
    const first = await insert('first')
    await shell(`cp plans/*.jpg "${first.path}/"`)
    const one = await seen('the copies to the first stick', (all) => copied(all, first).length === FILES)
    await shell('zip -q holiday.zip plans/*.jpg')
    await seen('the archive', (all) => all.some(({ kind, metadata }) => kind === 'archive_created' && metadata['knownMembers'] === FILES))
    await shell('mv holiday.zip film.raw')
    const second = await insert('second')
    await shell(`cp film.raw "${second.path}/film.zip"`)
    const all = await seen('the copy to the second stick', (found) => copied(found, second).length === 1)
    const last = copied(all, second)[0]
    // Names are hidden until somebody has a reason: what lies below the home is not.
    expect(last?.source?.path).toMatch(/\/film\.raw$/)
    expect(last?.summary).toContain(`with ${FILES} known files in it`)
    expect(String(last?.metadata['chain'])).toContain('renamed')
    expect(copied(one, first).map(({ source }) => source?.path.split('/').slice(-2).join('/') ?? '').toSorted()).toEqual(Array.from({ length: FILES }, (_, index) => `plans/plan-${index + 1}.jpg`).toSorted())
    const alert = await until('the sequence in an alert', 60, async () => {
      const { items } = await installation.client.get<{ items: readonly AlertView[] }>('/api/v1/alerts')
      for (const { id } of items) {
        const whole = JSON.stringify(await installation.client.get<object>(`/api/v1/alerts/${id}`))
        if (/sequence\.disguise_archive_exfiltration/.test(whole) && whole.includes(last?.id ?? 'nothing')) return { id, whole }
      }
      return undefined
    }).catch(async (error: unknown) => {
      const { items } = await installation.client.get<{ items: readonly AlertView[] }>('/api/v1/alerts')
      throw new Error(`${String(error)}\n${JSON.stringify(await Promise.all(items.map(({ id }) => installation.client.get<object>(`/api/v1/alerts/${id}`)))).slice(0, 4000)}`)
    })
    expect(alert.whole).toContain('Files were disguised, packed, then left')
    // On the screen the second stick's copy stands in the sequence, with its source and what it was called before.
    await onScreen(alert.id)
  })
})
