import { informationTypes } from '@holdfast/agent/inspect/catalogue/catalogue.ts'
import { sensitiveTypes } from '@holdfast/collector/domain/risk/sensitive-types.ts'
import { expect, it } from 'vitest'

it('the collector knows each sensitive information type of the agents by the same name, and no other', () => {
  expect(sensitiveTypes).toEqual(Object.fromEntries(informationTypes.map(({ id, name, category }) => [id, { name, category }])))
})
