import { describe, expect, test } from 'vitest'
import { inTreeOrder, limitsOf, MAX_UNIT_DEPTH, pathOf, reachOf, reachOfAll, type TreeUnit, unitProblems, unitsBelow } from './unit-tree.ts'

const unit = (id: string, over: Partial<TreeUnit> = {}): TreeUnit => ({ id, name: id, ...over })
const tree: readonly TreeUnit[] = [
  unit('europe'), unit('germany', { parentId: 'europe', countries: ['de'], groups: ['de-office', 'de-lab'] }), unit('sales', { parentId: 'germany', departments: ['sales'] }), unit('lab', { parentId: 'germany', departments: ['research'], groups: ['de-lab'] }),
  unit('france', { parentId: 'europe', countries: ['fr'], groups: ['fr'] }), unit('board', { departments: ['board'] }),
]

describe('what a unit does not name', () => {
  test('it inherits from the unit above', () => {
    expect(reachOf(tree, 'sales')).toEqual({ places: [{ departments: ['sales'], countries: ['de'] }], groups: ['de-office', 'de-lab'] })
    expect(reachOf(tree, 'lab')).toEqual({ places: [{ departments: ['research'], countries: ['de'] }], groups: ['de-lab'] })
  })
  test('and nobody above does is what the units below have together', () => {
    expect(reachOf(tree, 'europe')).toEqual({ places: [{ countries: ['de'] }, { countries: ['fr'] }], groups: ['de-lab', 'de-office', 'fr'] })
  })
  test('says nothing about devices where nothing above or below names a group', () => {
    expect(reachOf(tree, 'board')).toEqual({ places: [{ departments: ['board'] }] })
    const half = [...tree, unit('spain', { parentId: 'europe', countries: ['es'] })]
    expect(reachOf(half, 'europe').groups).toBeUndefined()
  })
  test('a folder without anything below has nobody', () => {
    expect(reachOf([unit('empty')], 'empty').places).toEqual([])
  })
})

describe('a limit that is lost', () => {
  test('lets nobody through: a unit that is gone, one whose upper unit is gone, a circle', () => {
    const nobody = { places: [], groups: [] }
    expect(reachOf(tree, 'gone')).toEqual(nobody)
    expect(reachOf([unit('orphan', { parentId: 'gone', countries: ['de'] })], 'orphan')).toEqual(nobody)
    expect(reachOf([unit('a', { parentId: 'b', countries: ['de'] }), unit('b', { parentId: 'a' })], 'a')).toEqual(nobody)
    expect(reachOfAll(tree, [])).toEqual(nobody)
  })
  test('never widens what is below: when the upper unit is narrowed, the lower one is too', () => {
    const narrowed = tree.map((one) => (one.id === 'germany' ? { ...one, countries: ['at'], groups: ['de-office'] } : one))
    expect(reachOf(narrowed, 'lab')).toEqual({ places: [{ departments: ['research'], countries: ['at'] }], groups: [] })
    const named = [unit('top', { departments: ['a', 'b'] }), unit('below', { parentId: 'top', departments: ['b', 'c'] })]
    expect(limitsOf(pathOf(named, 'below'))).toEqual({ departments: ['b'] })
  })
  test('no unit reaches a group that the unit above it does not', () => {
    const further = tree.filter(({ id, parentId }) => {
      const above = parentId === undefined ? undefined : reachOf(tree, parentId).groups
      return above !== undefined && reachOf(tree, id).groups?.every((group) => above.includes(group)) !== true
    })
    expect(further).toEqual([])
  })
})

describe('an account with several units', () => {
  test('reaches whoever is of one of them, and every device as soon as one of them says nothing of devices', () => {
    expect(reachOfAll(tree, ['sales', 'france'])).toEqual({ places: [{ departments: ['sales'], countries: ['de'] }, { countries: ['fr'] }], groups: ['de-lab', 'de-office', 'fr'] })
    expect(reachOfAll(tree, ['france', 'board']).groups).toBeUndefined()
  })
})

describe('a unit that is saved', () => {
  test('stands under none that is below it, and under one that is there', () => {
    expect(unitProblems(tree, unit('germany', { parentId: 'sales' }))).toEqual([{ pointer: '/parentId', detail: 'is the unit itself, or one below it' }])
    expect(unitProblems(tree, unit('germany', { parentId: 'germany' }))).toHaveLength(1)
    expect(unitProblems(tree, unit('new', { parentId: 'gone' }))).toEqual([{ pointer: '/parentId', detail: 'there is no unit of this id' }])
    expect(unitProblems(tree, unit('new', { parentId: 'europe' }))).toEqual([])
  })
  test('names only what the unit above has', () => {
    expect(unitProblems(tree, unit('new', { parentId: 'germany', countries: ['de', 'fr'], groups: ['fr'] }))).toEqual([{ pointer: '/countries', detail: 'the unit above does not have: fr' }, { pointer: '/groups', detail: 'the unit above does not have: fr' }])
    expect(unitProblems(tree, unit('new', { parentId: 'sales', countries: ['de'], departments: ['sales'], groups: ['de-lab'] }))).toEqual([])
  })
  test('makes no tree deeper than somebody can look through, with all that is below it', () => {
    const chain = Array.from({ length: MAX_UNIT_DEPTH }, (_, index) => unit(`u${index}`, index === 0 ? {} : { parentId: `u${index - 1}` }))
    expect(unitProblems(chain, unit('deeper', { parentId: `u${MAX_UNIT_DEPTH - 1}` }))).toHaveLength(1)
    expect(unitProblems(chain, unit('u1', { parentId: 'u0' }))).toEqual([])
    expect(unitProblems([...chain, unit('top')], unit('u0', { parentId: 'top' }))).toHaveLength(1)
  })
})

test('units are read from above, siblings by name', () => {
  expect(inTreeOrder(tree).map(({ id }) => id)).toEqual(['board', 'europe', 'france', 'germany', 'lab', 'sales'])
  expect(inTreeOrder([unit('a', { parentId: 'b' }), unit('b', { parentId: 'a' }), unit('c')]).map(({ id }) => id)).toEqual(['c', 'a', 'b'])
  expect(unitsBelow(tree, 'europe').map(({ id }) => id).toSorted()).toEqual(['france', 'germany', 'lab', 'sales'])
})
