import { describe, expect, test } from 'vitest'
import { formatBytes, formatPoints } from './numbers.ts'
import { formatAgo, formatDuration, formatInstant, utcDay, zoneOffset } from './time.ts'
import { baseName, humanise } from './words.ts'

describe('times', () => {
  test('an instant is shown in the chosen zone, midnight as 00', () => {
    expect(formatInstant('2026-11-22T23:00:05.000Z', 'UTC', true)).toBe('2026-11-22 23:00:05')
    expect(formatInstant('2026-11-22T23:00:05.000Z', 'Europe/Berlin')).toBe('2026-11-23 00:00')
  })
  test('an unreadable instant is shown as it came', () => {
    expect(formatInstant('soon', 'UTC')).toBe('soon')
    expect(formatAgo('soon', 0)).toBe('soon')
  })
  test('an offset follows daylight saving', () => {
    expect(zoneOffset('Europe/Berlin', new Date('2026-11-23T00:00:00Z'))).toBe('UTC+01:00')
    expect(zoneOffset('Europe/Berlin', new Date('2026-07-01T00:00:00Z'))).toBe('UTC+02:00')
    expect(zoneOffset('UTC', new Date(0))).toBe('UTC')
  })
  test('a distance in time uses its largest whole unit', () => {
    const now = Date.parse('2026-11-23T12:00:00Z')
    expect(formatAgo('2026-11-23T11:55:00Z', now)).toBe('5 minutes ago')
    expect(formatAgo('2026-11-21T11:00:00Z', now)).toBe('2 days ago')
    expect(formatAgo('2026-11-23T12:00:00Z', now)).toBe('now')
  })
  test('a duration names its two largest units', () => {
    expect([-4, 9, 75, 11_520, 190_000].map(formatDuration)).toEqual(['0 s', '9 s', '1 min 15 s', '3 h 12 min', '2 d 4 h'])
  })
  test('a day is the UTC day', () => {
    expect(utcDay(Date.parse('2026-11-23T23:59:59Z'))).toBe('2026-11-23')
  })
})

describe('numbers', () => {
  test('bytes use powers of 1024 and one digit below ten', () => {
    expect([0, 1, 1023, 1024, 1_572_864, 1_503_238_553].map(formatBytes)).toEqual(['0 B', '1 B', '1023 B', '1.0 KiB', '1.5 MiB', '1.4 GiB'])
  })
  test('what is no size is a dash', () => {
    expect([-1, Number.NaN, Number.POSITIVE_INFINITY].map(formatBytes)).toEqual(['–', '–', '–'])
  })
  test('points always show their sign', () => {
    expect([25, -8, 12.54, 0].map(formatPoints)).toEqual(['+25', '−8', '+12.5', '+0'])
  })
})

describe('words', () => {
  test('an id without a text of its own becomes readable', () => {
    expect(humanise('bulk_copy_to_removable_media#usb')).toBe('Bulk copy to removable media usb')
    expect([humanise('wasCopySource'), humanise('observedAt'), humanise('originURL'), humanise('macOS'), humanise('LibreOffice')]).toEqual(['Was copy source', 'Observed at', 'OriginURL', 'MacOS', 'LibreOffice'])
    expect(humanise('__')).toBe('__')
  })
  test('the last part of a path is found on both systems', () => {
    expect([baseName('/home/a/b.txt'), baseName('C:\\Users\\a\\b.txt'), baseName('/')]).toEqual(['b.txt', 'b.txt', '/'])
  })
})
