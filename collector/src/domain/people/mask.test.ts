import { describe, expect, test } from 'vitest'
import { buildUser } from '../../testing/builders.ts'
import { createNameIndex, maskText } from './mask.ts'

const jane = buildUser({ displayName: 'Jürgen Müller-Lüdenscheidt', pseudonym: 'ANON-JJJJJJ1', email: 'j.mueller@example.com', identities: [{ kind: 'account', value: 'corp\\jmueller' }, { kind: 'email', value: 'j.mueller@example.com' }] })
const mark = buildUser({ id: 'u_2', displayName: 'Mark Page', pseudonym: 'ANON-MMMMMM2', email: 'mark.page@example.com', identities: [{ kind: 'account', value: 'mpage' }, { kind: 'email', value: 'mark.page@example.com' }] })

describe('the person whose text it is', () => {
  test.each([
    ['/home/jmueller/x', '/home/ANON-JJJJJJ1/x'], ['Bewerbung_Jürgen_Müller.pdf', 'Bewerbung_ANON-JJJJJJ1.pdf'], ['Bewerbung Ju\u0308rgen.pdf', 'Bewerbung ANON-JJJJJJ1.pdf'], ['JuergenMuellerCV.pdf', 'ANON-JJJJJJ1CV.pdf'], ['Inbox - j.mueller@example.com - Mail', 'Inbox - ANON-JJJJJJ1 - Mail'],
    ['https://drive.example.com/u/j%C3%BCrgen/file', 'https://drive.example.com/u/ANON-JJJJJJ1/file'], ['lt-jmueller-02', 'lt-ANON-JJJJJJ1-02'], ['Juergens-MacBook', 'ANON-JJJJJJ1s-MacBook'], ['the mueller report of the müllerei', 'the ANON-JJJJJJ1 report of the müllerei'], ['LÜDENSCHEIDT', 'ANON-JJJJJJ1'], ['', ''],
  ])('%s becomes %s', (text, masked) => {
    expect(maskText(text, jane).replace(/ANON-JJJJJJ1(?:s)?/g, (found) => found)).toBe(masked)
  })
  test('is readable where the name may be shown', () => {
    expect(maskText('/home/jmueller/Jürgen.txt', jane, { shown: new Set(['u_1']) })).toBe('/home/jmueller/Jürgen.txt')
  })
})

describe('other people', () => {
  const others = createNameIndex([jane, mark])
  test.each([
    ['Mail to mark.page@example.com', 'Mail to ANON-MMMMMM2'], ['Offer for Mark Page, signed', 'Offer for ANON-MMMMMM2, signed'], ['page, mark.docx', 'ANON-MMMMMM2.docx'], ['/srv/share/mpage/x', '/srv/share/ANON-MMMMMM2/x'],
    ['mark this page', 'mark this page'], ['bookmark pages', 'bookmark pages'], ['/home/somebody/x', '/home/ANON/x'], ['C:\\Users\\Public\\x', 'C:\\Users\\Public\\x'], ['/media/STICK/x', '/media/STICK/x'],
  ])('%s becomes %s', (text, masked) => {
    expect(maskText(text, jane, { others })).toBe(masked)
  })
  test('a host name shows no part of a name, and a name that two people have points at nobody', () => {
    const two = createNameIndex([jane, mark, buildUser({ id: 'u_3', pseudonym: 'ANON-CCCCCC3', displayName: 'Mark Twain', identities: [] })])
    expect([two.maskHost('pages-mac'), two.maskHost('lt-mark-7'), two.maskHost('lt-1557')]).toEqual(['ANON-MMMMMM2-mac', 'lt-ANON-7', 'lt-1557'])
  })
  test('somebody who was renamed is found under the new name and no more under the old one', () => {
    const index = createNameIndex([mark])
    index.add([{ ...mark, displayName: 'Mark Newname', email: 'new@example.com', identities: [{ kind: 'account', value: 'mnewname' }] }])
    expect([index.mask('mpage Mark Page'), index.mask('mnewname'), index.size]).toEqual(['mpage Mark Page', 'ANON-MMMMMM2', 1])
  })
})
