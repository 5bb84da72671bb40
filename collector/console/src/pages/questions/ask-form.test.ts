import { describe, expect, test } from 'vitest'
import { askIsValid, emptyAskForm, nameIsValid, requestOf } from './ask-form.ts'

describe('the form of a question', () => {
  const form = { ...emptyAskForm('d_1'), reason: ' case 14 ' }
  test('is sent with the devices, or with the group where none is named', () => {
    expect(requestOf(form)).toEqual({ question: { kind: 'mounts' }, reason: 'case 14', minutes: 60, deviceIds: ['d_1'] })
    expect(requestOf({ ...form, devices: ' \n', group: 'sales' })).toEqual({ question: { kind: 'mounts' }, reason: 'case 14', minutes: 60, group: 'sales' })
    expect(requestOf({ ...form, kind: 'file_hashes', folder: '/srv', name: '*.txt' }).question).toEqual({ kind: 'file_hashes', folder: '/srv', name: '*.txt' })
  })
  test('is not sent without a device, a reason or a folder that may be asked for', () => {
    expect([askIsValid(form), askIsValid({ ...form, devices: '' }), askIsValid({ ...form, reason: 'x' }), askIsValid({ ...form, minutes: 0 }), askIsValid({ ...form, kind: 'file_hashes', folder: 'srv' }), askIsValid({ ...form, kind: 'file_hashes', folder: '/a/../b' })]).toEqual([true, false, false, false, false, false])
    expect(['*', 'a*b', '****', 'a/b', '[a]', ''].map(nameIsValid)).toEqual([true, true, false, false, false, false])
  })
})
