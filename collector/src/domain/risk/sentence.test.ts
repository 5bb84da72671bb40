import { describe, expect, test } from 'vitest'
import { buildActivity } from '../../testing/builders.ts'
import { sentenceOf } from './sentence.ts'

const file = { path: '/home/alice/plans.pdf', sizeBytes: 2048, location: 'local' as const }

describe('the sentence of an activity', () => {
  test('names the file and where it came from or goes', () => {
    expect(sentenceOf(buildActivity({ kind: 'file_downloaded', file, detail: { originDomain: 'crm.example.com' } }))).toBe('plans.pdf (2.0 KiB) was downloaded from crm.example.com')
    expect(sentenceOf(buildActivity({ kind: 'file_read_by_transfer_tool', file, detail: { tool: 'rclone', destination: 'drop.example.net' } }))).toBe('plans.pdf (2.0 KiB) was read by rclone, for drop.example.net')
    expect(sentenceOf(buildActivity({ kind: 'label_changed', file, detail: { oldLabel: 'Secret', newLabel: '' } }))).toBe('The label of plans.pdf went from Secret to none')
  })
  test('names the first known name of what was renamed and copied on, how much of it is the same, and what an archive holds', () => {
    const destination = { path: '/media/s/x.jpg', sizeBytes: 2048, location: 'removable' as const }
    const copied = (over: object) => sentenceOf(buildActivity({ kind: 'file_copied', file: destination, source: { ...file, path: '/home/alice/holiday.jpg' }, ...over }))
    expect(copied({ detail: { origin: '/home/alice/plans.pdf', chain: 'origin …' } })).toBe('x.jpg (2.0 KiB) was copied to removable media from /home/alice/holiday.jpg, first known as plans.pdf')
    expect(copied({ detail: { similarity: 83 } })).toBe('x.jpg (2.0 KiB) was copied to removable media from /home/alice/holiday.jpg, changed since (83 % the same)')
    expect(copied({ archive: { memberCount: 9, encrypted: true, members: ['a', 'b'] } })).toBe('x.jpg (2.0 KiB) was copied to removable media from /home/alice/holiday.jpg, with 2 known files in it')
  })
  test('says what is known and nothing of what is not', () => {
    expect(sentenceOf(buildActivity({ kind: 'file_downloaded', file: { ...file, sizeBytes: 0 }, detail: { originDomain: '' } }))).toBe('plans.pdf was downloaded')
    expect(sentenceOf(buildActivity({ kind: 'file_read_by_transfer_tool', file, detail: { tool: 'chromium', possible: true } }))).toBe('plans.pdf (2.0 KiB) was read by chromium, which may have sent it')
    expect(sentenceOf(buildActivity({ kind: 'file_printed', detail: { document: 'Minutes', printer: 'floor-2', pages: 4 } }))).toBe('Minutes was printed (4 pages) on floor-2')
    expect(sentenceOf(buildActivity({ kind: 'file_printed', detail: { document: '', printer: '', pages: 1 } }))).toBe('A document was printed (1 page)')
    expect(sentenceOf(buildActivity({ kind: 'files_staged', detail: { folder: '/tmp/out', count: 60 } }))).toBe('60 files were gathered in /tmp/out')
  })
})
