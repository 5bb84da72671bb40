import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SensedActivity } from '../activity.ts'
import { createContent } from './content.ts'
import { type Content, type ContentInspector, type ContentResult, noContent } from './contract.ts'
import { docxOf, labelProperties } from './documents.fixture.ts'
import { labelChange, labelOf } from './labels.ts'

const GENERAL = { id: '11111111-1111-1111-1111-111111111111', name: 'General' }
const SECRET = { id: '22222222-2222-2222-2222-222222222222', name: 'Confidential' }

let folder = ''
let content: Content
let asked: string[] = []
let now = 0
/** Path -> what is in it. */
let files: Record<string, Partial<ContentResult>> = {}

const inspector: ContentInspector = {
  configure() {},
  inspectContent(path) {
    asked.push(path)
    return Promise.resolve({ ...noContent('complete'), ...files[path] })
  },
  pending: 0, pid: undefined, close() {},
}
const log = { warn() {} }
const open = async (inspection: object = { enabled: true }): Promise<void> => {
  content = await createContent({ folder, now: () => now, log, inspector })
  content.follow({ inspection })
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-content-'))
  asked = []
  files = {}
  now = 0
  await open()
})
afterEach(async () => {
  await content.close()
  await rm(folder, { recursive: true, force: true })
})

const copied = (path: string, fingerprint = '', source?: string): SensedActivity => ({ kind: 'file_copied', occurredAtMs: 5, actor: { uid: 1000 }, detail: { fileCopied: { destination: { path, fingerprint }, ...(source === undefined ? {} : { source: { path: source } }) } } })
const changed = (path: string): SensedActivity => ({ kind: 'file_changed', occurredAtMs: 6, detail: { fileChanged: { file: { path } } } })
const attach = async (activity: SensedActivity) => (await content.attach(activity)) ?? { activity, more: [] }
const finding = { type: 'iban', count: 2, confidence: 85 }

describe('what is looked at', () => {
  it('a copy carries what its file holds, beside its facts and in its own fields', async () => {
    files['/m/a'] = { findings: [finding], label: SECRET, language: 'go' }
    const { activity } = await attach(copied('/m/a'))
    expect(activity.detail.fileCopied).toMatchObject({ findings: [finding], sensitivityLabel: 'Confidential', destination: { path: '/m/a', content: { state: 'complete', findings: [finding], label: 'Confidential', labelId: SECRET.id, language: 'go' } } })
  })

  it('files of activities that the policy does not name pass by at once', () => {
    expect(content.attach(changed('/h/a.txt'))).toBeUndefined()
    expect(content.attach({ kind: 'file_deleted', occurredAtMs: 1, detail: { fileDeleted: { path: '/h/a' } } })).toBeUndefined()
    expect(asked).toEqual([])
  })

  it('nothing is while the policy does not ask for it', async () => {
    content.follow({})
    expect(content.attach(copied('/m/a'))).toBeUndefined()
    content.follow({ inspection: { enabled: true, kinds: ['file_changed'] } })
    expect(content.attach(copied('/m/a'))).toBeUndefined()
    expect((await attach(changed('/h/a.txt'))).activity.detail.fileChanged?.file?.content?.state).toBe('complete')
  })

  it('the same content is looked at once, until other rules hold', async () => {
    await attach(copied('/m/a', 'f1'))
    await attach(copied('/m/b', 'f1'))
    expect(asked).toEqual(['/m/a'])
    content.follow({ inspection: { enabled: true, types: ['iban'] } })
    await attach(copied('/m/c', 'f1'))
    expect(asked).toEqual(['/m/a', '/m/c'])
  })

  it('more files than the policy allows in a minute are told as skipped, and not lost', async () => {
    content.follow({ inspection: { enabled: true, maxFilesPerMinute: 2 } })
    const states = []
    for (const name of ['a', 'b', 'c']) states.push((await attach(copied(`/m/${name}`))).activity.detail.fileCopied?.destination?.content?.state)
    expect(states).toEqual(['complete', 'complete', 'skipped'])
    now += 60_000
    expect((await attach(copied('/m/d'))).activity.detail.fileCopied?.destination?.content?.state).toBe('complete')
  })
})

describe('a label that is lowered or removed', () => {
  const label = async (activity: SensedActivity) => (await attach(activity)).more.map(({ kind, detail }) => [kind, detail.labelChanged?.oldLabel, detail.labelChanged?.newLabel])

  it('is told when the document is saved with less, and not when with the same or more', async () => {
    files['/h/a.docx'] = { labelled: true, label: GENERAL }
    expect(await label(changed('/h/a.docx'))).toEqual([])
    files['/h/a.docx'] = { labelled: true, label: SECRET }
    expect(await label(changed('/h/a.docx'))).toEqual([])
    files['/h/a.docx'] = { labelled: true, label: GENERAL }
    expect(await label(changed('/h/a.docx'))).toEqual([['label_changed', 'Confidential', 'General']])
    files['/h/a.docx'] = { labelled: true }
    expect(await label(changed('/h/a.docx'))).toEqual([['label_changed', 'General', '']])
    expect(await label(changed('/h/a.docx'))).toEqual([])
  })

  it('is told of a copy without the label of its source, and after a save by renaming', async () => {
    files['/h/a.docx'] = { labelled: true, label: SECRET }
    await attach(changed('/h/a.docx'))
    files['/m/a.docx'] = { labelled: true }
    expect(await label(copied('/m/a.docx', '', '/h/a.docx'))).toEqual([['label_changed', 'Confidential', '']])
    files['/h/a.docx'] = { labelled: true }
    expect(await label({ kind: 'file_renamed', occurredAtMs: 7, detail: { fileRenamed: { file: { path: '/h/a.docx' }, oldPath: '/h/~tmp1' } } })).toEqual([['label_changed', 'Confidential', '']])
  })

  it('is not told of a document that could not be read', async () => {
    files['/h/a.docx'] = { labelled: true, label: SECRET }
    await attach(changed('/h/a.docx'))
    files['/h/a.docx'] = { state: 'timeout', labelled: false }
    expect(await label(changed('/h/a.docx'))).toEqual([])
  })

  it('is known again after a restart', async () => {
    files['/h/a.docx'] = { labelled: true, label: SECRET }
    await attach(changed('/h/a.docx'))
    await content.close()
    await open()
    files['/h/a.docx'] = { labelled: true }
    expect(await label(changed('/h/a.docx'))).toEqual([['label_changed', 'Confidential', '']])
  })

  it('follows the order of the policy, and says nothing of labels that it does not know', () => {
    const order = [SECRET, GENERAL]
    expect(labelChange(SECRET, GENERAL, order)).toBeUndefined()
    expect(labelChange(GENERAL, SECRET, order)).toBe('lowered')
    expect(labelChange({ id: 'x', name: 'Purple' }, GENERAL, [])).toBeUndefined()
    expect(labelOf(new Map([[`MSIP_Label_${GENERAL.id}_Enabled`, 'false'], ['other', 'true']]))).toBeUndefined()
  })
})

describe('with the real child', () => {
  it('a document is counted, and its label is missed when it is gone', { timeout: 20_000 }, async () => {
    const real = await createContent({ folder: join(folder, 'real'), now: () => now, log })
    real.follow({ inspection: { enabled: true } })
    const path = join(folder, 'a.docx')
    const labelled = { 'docProps/custom.xml': labelProperties(SECRET.id, SECRET.name) }
    try {
      await writeFile(path, await docxOf(['IBAN CH93 0076 2011 6238 5295 7'], labelled))
      const first = await real.attach({ ...copied(path), actor: {} })
      expect(first?.activity.detail.fileCopied).toMatchObject({ findings: [{ type: 'iban', count: 1, confidence: 85 }], sensitivityLabel: 'Confidential', destination: { content: { state: 'complete' } } })
      await writeFile(path, await docxOf(['IBAN CH93 0076 2011 6238 5295 7']))
      expect((await real.attach({ ...changed(path), actor: {} }))?.more).toMatchObject([{ kind: 'label_changed', detail: { labelChanged: { oldLabel: 'Confidential', newLabel: '' } } }])
    } finally {
      await real.close()
    }
  })
})
