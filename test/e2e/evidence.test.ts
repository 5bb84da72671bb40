// Copies of files as evidence: the real agent as root, real copies to a mounted stick, the real broker, the real collector, and
// the content explorer in a real browser.
import { randomBytes, createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { chmod, chown, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { loadIdentity } from '@holdfast/agent/identity/identity-file.ts'
import { evidenceSubject, wire } from '@holdfast/proto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, newContext, SCHEMES, settled, startBrowser, useScheme } from '../support/browser.ts'
import { install, type Installation } from '../support/collector.ts'
import { connectAsDevice } from '../support/device-connection.ts'
import { asOperator } from '../support/operator.ts'
import { agentMain, runCommand, until } from '../support/processes.ts'
import { applyPolicies, type RealAgent, runAgent, watch } from '../support/real-agent.ts'
import { picture } from '../support/screens.ts'
import { asUid, insertStick, type Stick } from '../support/stick.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'

const ALICE = 47_011
const SECRET = 'The secret recipe needs exactly 417 grams of zirconium.'
const CARD = '4111 1111 1111 1111'
const MIB = 2 ** 20

interface FileView {
  readonly activityId: string
  readonly name: string
  readonly path: string
  readonly sha256?: string
  readonly findings: readonly { readonly type: string; readonly count: number }[]
  readonly whyNone?: string
  readonly evidence?: { readonly id: string; readonly state: string; readonly reason?: string; readonly sha256?: string; readonly changed: boolean; readonly form?: string; readonly mediaType?: string }
}

const sha = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

/** A page of one line of text, by hand: small enough to read. */
function pdfOf(text: string): Buffer {
  const stream = `BT /F1 24 Tf 40 100 Td (${text}) Tj ET`
  const objects = ['<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>', `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>']
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const at = body.length
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const xref = body.length
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`)
}

/** A square of one colour. */
function pngOf(red: number, green: number, blue: number): Buffer {
  const crcs = Array.from({ length: 256 }, (_, n) => Array.from({ length: 8 }).reduce<number>((c) => ((c & 1) === 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1), n))
  const crc = (bytes: Buffer): number => (bytes.reduce((c, byte) => ((crcs[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8)) >>> 0, 0xffffffff) ^ 0xffffffff) >>> 0
  const chunk = (type: string, data: Buffer): Buffer => {
    const out = Buffer.alloc(12 + data.length)
    out.writeUInt32BE(data.length)
    out.write(type, 4, 'latin1')
    data.copy(out, 8)
    out.writeUInt32BE(crc(out.subarray(4, 8 + data.length)), 8 + data.length)
    return out
  }
  const size = 64
  const header = Buffer.from([0, 0, 0, size, 0, 0, 0, size, 8, 2, 0, 0, 0])
  const row = Buffer.concat([Buffer.from([0]), Buffer.from(Array.from({ length: size }, () => [red, green, blue]).flat())])
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: size }, () => row)))), chunk('IEND', Buffer.alloc(0))])
}

const contents: Readonly<Record<string, Buffer>> = {
  'recipe.txt': Buffer.from(`${SECRET}\nPay with ${CARD}, then write to karl@example.com.\n<script>alert(document.domain)</script>\n${'A line that is only there to be long. '.repeat(200)}\n`),
  'plan.pdf': pdfOf('Atlas plan'),
  'photo.png': pngOf(20, 110, 160),
  'archive.bin': randomBytes(300_000),
  'page.html': Buffer.from('<!doctype html><body><h1>Hello</h1><img src=x onerror="alert(1)"></body>'),
}

describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('copies of files as evidence', () => {
  let installation: Installation
  let proxy: TcpProxy
  let agent: RealAgent
  let agentDir: string
  let stick: Stick
  let home: string
  let userId: string
  let browser: Browser

  const capture = {
    enabled: true, destinations: ['removable'], fileTypes: [], maxFileBytes: 24 * MIB, maxDayBytes: 200 * MIB, maxFilesPerMinute: 500, onlyWithFindings: false, privatePaths: ['~/Private/**', '**/STICK/private/**'], folderMaxBytes: 64 * MIB,
  }
  const setCapture = async (over: Partial<typeof capture>): Promise<void> => {
    const group = await installation.client.get<{ settings: Record<string, unknown> }>('/api/v1/groups/default')
    const saved = await installation.client.send<{ policyVersion: number }>('PUT', '/api/v1/groups/default/settings', { ...group.settings, evidence: { ...capture, ...over } }, { 'if-match': '*' })
    await until('the agent to run the changed policy', 30, async () => (await agent.device()).policy.runningVersion === saved.policyVersion || undefined)
  }
  const get = async <T>(path: string): Promise<T> => {
    const answer = await asOperator(installation, 'GET', path)
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.body}\n${answer.status >= 500 ? installation.daemon.log().slice(-2500) : ''}`)
    return JSON.parse(answer.body) as T
  }
  const files = async (): Promise<readonly FileView[]> => (await get<{ items: readonly FileView[] }>(`/api/v1/evidence/files?userId=${userId}&limit=500`)).items
  /** A document of Alice's, copied to the stick by Alice. */
  const copy = async (name: string, bytes: Uint8Array, from = 'Documents'): Promise<void> => {
    const source = join(home, from, name)
    await mkdir(join(home, from), { recursive: true })
    await chown(join(home, from), ALICE, ALICE)
    await writeFile(source, bytes)
    await chown(source, ALICE, ALICE)
    await asUid(ALICE, 'cp', source, join(stick.path, name))
  }
  const fileOf = async (name: string, fits: (file: FileView) => boolean = () => true): Promise<FileView> =>
    until(`the collector to know of ${name}`, 60, async () => {
      userId ||= (await get<{ items: readonly { id: string; kind: string }[] }>('/api/v1/users')).items.find(({ kind }) => kind === 'person')?.id ?? ''
      return userId === '' ? undefined : (await files()).find((file) => file.name === name && file.path.includes('STICK') && fits(file))
    }).catch(async (error: unknown) => {
      throw new Error(`${String(error)}\n${JSON.stringify(userId === '' ? 'nobody' : (await files()).slice(0, 8))}\n${agent.daemon.log().slice(-1500)}\n${installation.daemon.log().slice(-1500)}`)
    })
  const verified = (name: string): Promise<FileView> => fileOf(name, (file) => file.evidence?.state === 'verified')
  const why = (name: string): Promise<FileView> => fileOf(name, (file) => file.whyNone?.startsWith('skipped_') === true)

  beforeAll(async () => {
    installation = await install()
    userId = ''
    await chmod(installation.folder, 0o711)
    home = join(installation.folder, 'home', 'alice')
    await mkdir(home, { recursive: true })
    await chown(home, ALICE, ALICE)
    const media = join(installation.folder, 'media')
    stick = await insertStick(installation.folder, media, 'alice', ALICE)
    await applyPolicies(installation)
    await watch(installation, { roots: [join(installation.folder, 'home')], removableRoots: [media] })
    const group = await installation.client.get<{ settings: Record<string, unknown> }>('/api/v1/groups/default')
    await installation.client.send('PUT', '/api/v1/groups/default/settings', { ...group.settings, evidence: capture }, { 'if-match': '*' })
    proxy = await startTcpProxy({ host: '127.0.0.1', port: Number(new URL(installation.natsUrl).port) })
    agentDir = await installation.enrolAgent('agent')
    await writeFile(join(agentDir, 'agent.yaml'), `nats:\n  servers: ["tls://127.0.0.1:${proxy.port}"]\n`)
    agent = await runAgent(installation, agentDir)
    browser = await startBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await agent?.stop('SIGKILL')
    await stick?.remove()
    await proxy?.close()
    await installation?.close()
  })

  describe('what is copied to the stick', () => {
    it('arrives, is verified, and is byte for byte what the activity saw', async () => {
      for (const [name, bytes] of Object.entries(contents)) await copy(name, bytes)
      for (const [name, bytes] of Object.entries(contents)) {
        const file = await verified(name)
        expect([name, file.evidence?.sha256, file.sha256, file.evidence?.changed]).toEqual([name, sha(bytes), sha(bytes), false])
        const answer = await asOperator(installation, 'POST', `/api/v1/evidence/${file.evidence?.id ?? ''}/download`, { body: JSON.stringify({ reason: 'case 14' }) })
        expect([answer.status, answer.headers['x-holdfast-sha256']]).toEqual([200, sha(bytes)])
      }
      expect((await verified('recipe.txt')).findings).toEqual(expect.arrayContaining([{ type: 'payment_card', count: 1 }]))
    })
    it('is nowhere in the clear: not at the collector, not at the agent, not in the broker', async () => {
      const found = spawnSync('grep', ['-rlaF', '--', SECRET, installation.dir, agentDir], { encoding: 'utf8' })
      // 1: grep looked at everything and found nothing.
      expect([found.status, found.stdout]).toEqual([1, ''])
      // It would have found it.
      expect(spawnSync('grep', ['-rlaF', '--', SECRET, home], { encoding: 'utf8' }).stdout).toContain('recipe.txt')
    }, 30_000)
    it('stands in the folder under names that say nothing, for the owner of the collector alone', async () => {
      const folder = join(installation.dir, 'evidence')
      const names = (await readdir(folder)).filter((name) => name.endsWith('.sealed'))
      expect(names.length).toBeGreaterThanOrEqual(Object.keys(contents).length)
      for (const name of names) {
        expect(name).toMatch(/^[0-9a-f]{32}\.sealed$/)
        expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
      }
      expect((await stat(folder)).mode & 0o777).toBe(0o700)
      expect((await stat(join(installation.dir, 'keys', 'evidence.pem'))).mode & 0o777).toBe(0o600)
      // What has arrived is not kept on the device.
      expect((await readdir(join(agentDir, 'evidence'))).filter((name) => name.endsWith('.sealed'))).toEqual([])
    })
    it('has a custody from the capture to the last look, that verifies by itself', async () => {
      const { evidence } = await verified('recipe.txt')
      const custody = JSON.parse(await installation.holdfast('evidence', 'custody', evidence?.id ?? '', '--json')) as { events: readonly { what: string }[]; chain: { ok: boolean }; content: { ok: boolean } }
      expect(custody.events.map(({ what }) => what)).toEqual(['captured', 'sent', 'received', 'verified', 'downloaded'])
      expect([custody.chain.ok, custody.content.ok]).toEqual([true, true])
      const path = join(installation.folder, 'custody.json')
      await writeFile(path, JSON.stringify(custody))
      expect(await installation.holdfast('evidence', 'verify', path)).toContain('5 events')
      await writeFile(path, JSON.stringify({ ...custody, events: custody.events.map((event, index) => (index === 4 ? { ...event, what: 'viewed' } : event)) }))
      await expect(installation.holdfast('evidence', 'verify', path)).rejects.toThrow(/event 5 was altered/)
    })
    it('is said on the device in plain words', async () => {
      const told = await runCommand(agentMain, ['what-is-collected', '--dir', agentDir])
      expect(told.stdout).toMatch(/COPIES OF FILES/)
      expect(told.stdout).toMatch(/removable media/)
      expect(told.stdout).not.toContain('The text or pictures in your files: only their names')
    })
  })

  describe('what is not kept says why', () => {
    it('a private path, whether it is the source or the copy', async () => {
      await copy('diary.txt', Buffer.from('Dear diary, this is nobody’s business.'), 'Private')
      expect((await why('diary.txt')).whyNone).toBe('skipped_excluded')
    })
    it('a file over the limit, and a day that is used up', async () => {
      await setCapture({ maxFileBytes: 100_000 })
      await copy('large.bin', randomBytes(200_000))
      expect((await why('large.bin')).whyNone).toBe('skipped_too_large')
      await setCapture({ maxDayBytes: 400_000 })
      await copy('one-more.bin', randomBytes(150_000))
      expect((await why('one-more.bin')).whyNone).toBe('skipped_over_day_quota')
      await setCapture({})
    })
    it('a pipe and a link to a secret under the name of a document are not followed, and the agent goes on', async () => {
      const secret = join(installation.folder, 'secret.txt')
      await writeFile(secret, 'root’s own secret', { mode: 0o600 })
      await asUid(ALICE, '/bin/sh', '-c', `cd '${stick.path}' && echo a > swapped.txt && rm swapped.txt && ln -s '${secret}' swapped.txt && mkfifo pipe.txt && ln -s /etc/shadow shadow.txt`)
      await copy('after-the-traps.txt', Buffer.from('still here'))
      await verified('after-the-traps.txt')
      const all = await files()
      expect(all.filter((file) => ['swapped.txt', 'pipe.txt', 'shadow.txt'].includes(file.name) && file.evidence?.state === 'verified')).toEqual([])
    })
    it('a file that never holds still', async () => {
      const growing = join(stick.path, 'growing.log')
      await asUid(ALICE, '/bin/sh', '-c', `end=$(($(date +%s)+6)); while [ $(date +%s) -lt $end ]; do echo line of a log that grows >> '${growing}'; done`)
      const file = await fileOf('growing.log', ({ evidence }) => evidence !== undefined && evidence.state !== 'receiving')
      // Whole as it was at one moment, or refused: never a mixture.
      expect([undefined, 'skipped_unstable']).toContain(file.whyNone)
    })
    it('the collector’s quota holds the copy back on the device, says so, and takes it when there is room', async () => {
      const now = await asOperator(installation, 'GET', '/api/v1/settings/evidence')
      const settings = (deviceQuotaBytes: number, etag: string) => asOperator(installation, 'PUT', '/api/v1/settings/evidence', { body: JSON.stringify({ deviceQuotaBytes, organisationQuotaBytes: 50 * 2 ** 30, warnAtPercent: 80 }), headers: { 'if-match': etag } })
      const small = await settings(MIB, String(now.headers['etag']))
      expect(small.status).toBe(200)
      await copy('over-quota.bin', randomBytes(900_000))
      const held = await fileOf('over-quota.bin', ({ evidence }) => evidence?.state === 'refused')
      expect([held.evidence?.reason, held.whyNone]).toEqual(['quota_device', 'refused'])
      expect((await settings(2 ** 31, String(small.headers['etag']))).status).toBe(200)
      // It comes again by itself after a quarter of an hour; a new connection asks at once.
      proxy.reset()
      expect((await verified('over-quota.bin')).evidence?.state).toBe('verified')
    })
  })

  describe('faults on the way', () => {
    it('a cut connection and a killed agent lose nothing and send nothing twice', async () => {
      const big = randomBytes(20 * MIB)
      await copy('big.bin', big)
      const part = await until('parts of the copy to be at the collector', 60, async () => {
        for (const name of await readdir(join(installation.dir, 'evidence', 'incoming'))) {
          const { size } = await stat(join(installation.dir, 'evidence', 'incoming', name))
          if (size > MIB) return { name, size }
        }
        return undefined
      })
      proxy.set({ kind: 'partition' })
      proxy.reset()
      await agent.stop('SIGKILL')
      const kept = (await stat(join(installation.dir, 'evidence', 'incoming', part.name))).size
      expect(kept).toBeLessThan(big.length)
      proxy.set({ kind: 'none' })
      agent = await runAgent(installation, agentDir)
      expect((await verified('big.bin')).evidence?.sha256).toBe(sha(big))
    })
    it('a device cannot speak of another’s copies, nor bring a content that is not what it said', async () => {
      const identity = await loadIdentity(agentDir)
      const device = await connectAsDevice({ ...identity, natsServers: [installation.natsUrl] })
      const ask = async (request: wire.EvidenceRequest.$Properties) => wire.EvidenceAnswer.decode((await device.request(evidenceSubject(identity.deviceId), wire.EvidenceRequest.encode(request).finish(), { timeout: 5000 })).data)
      try {
        await expect(device.request(evidenceSubject('d_other'), new Uint8Array(), { timeout: 1000 })).rejects.toThrow(/TIMEOUT|permissions/i)
        const file = await verified('plan.pdf')
        const [, epoch = '', seq = ''] = file.activityId.split('.')
        const keyId = (await get<{ wantedPolicy: { evidence: { publicKey: string } } }>(`/api/v1/devices/${identity.deviceId}`)).wantedPolicy.evidence.publicKey
        const offer = { id: randomBytes(16).toString('hex'), epoch, seq: Number(seq), plainBytes: 10, sealedBytes: 200, sha256: sha('x'), keyId: sha(Buffer.from(keyId, 'base64')).slice(0, 16), capturedAt: { seconds: Math.floor(Date.now() / 1000) } }
        expect(await ask({ offer: { ...offer, keyId: '0'.repeat(16) } })).toMatchObject({ refused: 'KEY_UNKNOWN', final: true })
        expect(await ask({ offer: { ...offer, id: '../../etc/passwd' } })).toMatchObject({ refused: 'OFFER_UNREADABLE' })
        expect(await ask({ offer })).toMatchObject({ receivedBytes: 0, refused: '' })
        const garbage = { chunk: { id: offer.id, offset: 0, data: randomBytes(200) } }
        // The first time it may have been torn on the way; the second time it is bad.
        expect(await ask(garbage)).toMatchObject({ receivedBytes: 0, complete: false, refused: '' })
        expect(await ask(garbage)).toMatchObject({ refused: 'COPY_DAMAGED', final: true })
        expect(await ask({ chunk: { id: offer.id, offset: 10 ** 9, data: randomBytes(20) } })).toMatchObject({ refused: 'COPY_DAMAGED' })
      } finally {
        await device.close()
      }
    })
    it('a copy that was altered on the collector’s disk is not shown', async () => {
      const { evidence } = await verified('archive.bin')
      const folder = join(installation.dir, 'evidence')
      const sizes = await Promise.all((await readdir(folder)).filter((name) => name.endsWith('.sealed')).map(async (name) => ({ name, size: (await stat(join(folder, name))).size })))
      const [found] = sizes.filter(({ size }) => size > 300_000 && size < 320_000)
      const path = join(folder, found?.name ?? '')
      const bytes = await readFile(path)
      bytes[200_000] = (bytes[200_000] ?? 0) ^ 1
      await writeFile(path, bytes)
      expect((await get<{ content: { ok: boolean } }>(`/api/v1/evidence/${evidence?.id ?? ''}/custody`)).content.ok).toBe(false)
      const answer = await asOperator(installation, 'GET', `/api/v1/evidence/${evidence?.id ?? ''}/preview`)
      expect([answer.status, JSON.parse(answer.body)]).toEqual([409, expect.objectContaining({ code: 'EVIDENCE_DAMAGED' })])
      bytes[200_000] = (bytes[200_000] ?? 0) ^ 1
      await writeFile(path, bytes)
    })
  })

  describe('the content explorer', () => {
    let page: Page
    const problems: string[] = []
    const signIn = async (target: Page, name: string): Promise<void> => {
      await target.goto(installation.url)
      const status = await target.evaluate(([account, password]) => fetch('/api/v1/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: account, password }) }).then((answer) => answer.status), [name, installation.password] as const)
      if (status >= 300) throw new Error(`sign-in answers ${status}`)
      await target.goto(installation.url)
      await target.getByRole('navigation').first().waitFor()
    }
    const openFile = async (name: string): Promise<void> => {
      await page.getByRole('button', { name: `Show ${name}`, exact: true }).click()
      await page.getByRole('complementary', { name: 'Preview' }).getByRole('heading', { name }).waitFor()
    }
    const showContent = () => page.getByRole('button', { name: 'Show the content' }).click()
    beforeAll(async () => {
      page = await (await newContext(browser)).newPage()
      page.setDefaultTimeout(15_000)
      page.on('pageerror', (error) => problems.push(error.message))
      page.on('console', (message) => { if (message.type() === 'error' && !/status of (401|404)/.test(message.text())) problems.push(message.text()) })
      page.on('dialog', (dialog) => { problems.push(`a dialog: ${dialog.message()}`); void dialog.dismiss() })
      await signIn(page, 'tester')
      await page.goto(`${installation.url}/content?user=${userId}`)
      await page.getByRole('button', { name: 'Show recipe.txt', exact: true }).waitFor()
    })
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') await picture(page, `failed-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`)
    })

    it('shows a text as text, with its findings masked, and unmasked with a reason', async () => {
      await openFile('recipe.txt')
      await showContent()
      const text = page.getByRole('group', { name: 'Text of recipe.txt' })
      await text.getByText('4111 **** **** 1111').waitFor()
      expect(await text.innerText()).toContain('<script>alert(document.domain)</script>')
      expect(await text.innerText()).not.toContain(CARD)
      await page.getByRole('button', { name: 'Show unmasked…' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: 'Show the text unmasked' }).click()
      await dialog.getByText('Say in a few words why.').waitFor()
      await dialog.getByLabel('Reason').fill('case 14')
      expect(await axeViolations(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Show the text unmasked' }).click()
      await text.getByText(CARD).waitFor()
    })
    it('draws a PDF without running it', async () => {
      await openFile('plan.pdf')
      await showContent()
      await page.locator('[data-drawn="1"]').waitFor()
      const ink = await page.locator('canvas').evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement
        const data = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? []
        let dark = 0
        for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 128) dark += 1
        return dark
      })
      expect(ink).toBeGreaterThan(500)
    })
    it('shows a picture, the source of a page, and the bytes of what is neither', async () => {
      await openFile('photo.png')
      await showContent()
      const image = page.getByRole('img', { name: 'Picture photo.png' })
      await image.waitFor()
      await until('the picture to be loaded', 10, async () => (await image.evaluate((element) => (element as HTMLImageElement).naturalWidth)) === 64 || undefined)
      await openFile('page.html')
      await showContent()
      await page.getByRole('group', { name: 'Text of page.html' }).getByText('onerror').waitFor()
      await openFile('archive.bin')
      await showContent()
      const bytes = page.getByRole('group', { name: 'First bytes of archive.bin' })
      await bytes.getByText('000000').waitFor()
      expect(await bytes.innerText()).toContain(contents['archive.bin']?.subarray(0, 4).toString('hex').replaceAll(/(..)(?=.)/g, '$1 '))
    })
    it('says why there is no content, and filters by it', async () => {
      await openFile('diary.txt')
      await page.getByText('such files are never read').waitFor()
      await page.getByLabel('Name or path').fill('plan')
      await page.getByLabel('Name or path').press('Enter')
      await page.getByRole('button', { name: 'Show recipe.txt', exact: true }).waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Show plan.pdf', exact: true }).waitFor()
      expect(page.url()).toContain('text=plan')
      await page.getByRole('button', { name: 'Clear filters' }).click()
      await page.getByRole('button', { name: 'Show recipe.txt', exact: true }).waitFor()
    })
    it('hands a file over as bytes under a made-up name, and shows its custody', async () => {
      await openFile('page.html')
      await page.getByRole('button', { name: 'Download…' }).click()
      await page.getByRole('dialog').getByLabel('Reason').fill('case 14')
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('dialog').getByRole('button', { name: 'Download the file' }).click()])
      expect(download.suggestedFilename()).toMatch(/^holdfast-[\w]{12}\.txt$/)
      expect(await readFile(await download.path())).toEqual(contents['page.html'])
      await page.getByRole('button', { name: 'Chain of custody' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByText('The chain is whole').waitFor()
      await dialog.getByRole('cell', { name: 'downloaded' }).first().waitFor()
      await settled(page)
      expect(await axeViolations(page)).toEqual([])
      await picture(page, 'content-custody')
      await page.keyboard.press('Escape')
    })
    it('is in order for axe, in both schemes, wide and narrow', async () => {
      const found: string[] = []
      for (const [name, path, file] of [['content-choose', '/content', ''], ['content-text', `/content?user=${userId}`, 'recipe.txt'], ['content-pdf', `/content?user=${userId}`, 'plan.pdf'], ['content-none', `/content?user=${userId}`, 'diary.txt'], ['content-hex', `/content?user=${userId}`, 'archive.bin'], ['group-capture', '/groups/default', '']] as const) {
        await page.goto(`${installation.url}${path}`)
        if (file !== '') {
          await openFile(file)
          if (file !== 'diary.txt') await showContent()
        }
        await settled(page)
        if (file === 'plan.pdf') await page.locator('[data-drawn="1"]').waitFor()
        for (const width of [1440, 1024]) {
          await page.setViewportSize({ width, height: 900 })
          for (const scheme of SCHEMES) {
            await useScheme(page, scheme)
            await settled(page)
            await picture(page, `${name}-${scheme}-${width}`)
            for (const problem of await axeViolations(page)) found.push(`${name} ${scheme} ${width}: ${problem}`)
          }
        }
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= globalThis.innerWidth)).toBe(true)
      }
      expect(found).toEqual([])
    })
    it('is for investigators: an analyst neither sees it nor gets anything', async () => {
      await installation.client.send('POST', '/api/v1/accounts', { name: 'anna', password: installation.password, roles: ['Analyst'] })
      const other = await (await newContext(browser)).newPage()
      await signIn(other, 'anna')
      expect(await other.getByRole('link', { name: 'Content explorer' }).count()).toBe(0)
      await other.goto(`${installation.url}/content?user=${userId}`)
      await other.getByText('Your roles may not open this page').waitFor()
      const { evidence } = await verified('recipe.txt')
      for (const path of [`/api/v1/evidence/files?userId=${userId}`, `/api/v1/evidence/${evidence?.id ?? ''}/preview`, `/api/v1/evidence/${evidence?.id ?? ''}/content`, `/api/v1/evidence/${evidence?.id ?? ''}/custody`]) {
        expect([path, await other.evaluate((at) => fetch(at).then((answer) => answer.status), path)]).toEqual([path, 403])
      }
      await other.close()
    })
    it('has run nothing of any file, and broken no rule of its own', () => {
      expect(problems.filter((problem) => !/status of 403/.test(problem))).toEqual([])
    })
  })
})
