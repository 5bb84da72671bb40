import Type, { type Static } from 'typebox'
import { MAX_GROUP_MEMBERS } from '../../domain/people/priority-group.ts'
import { Id } from '../primitives.ts'

const words = (description: string) => Type.Array(Type.String({ minLength: 1, maxLength: 256 }), { maxItems: MAX_GROUP_MEMBERS, description })
const viewers = Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { minItems: 1, maxItems: 200, description: 'Names of roles and ids of accounts.' })
const description = Type.String({ maxLength: 2000 })

export const PriorityGroupView = Type.Object({ id: Id, name: Type.String(), description: Type.String(), members: Type.Array(Id), viewers: Type.Array(Type.String()), policies: Type.Array(Type.String(), { description: 'Names of policies whose scope names it.' }) }, { additionalProperties: false })
export type PriorityGroupView = Static<typeof PriorityGroupView>
export const PriorityGroupList = Type.Object({ items: Type.Array(PriorityGroupView) }, { additionalProperties: false })
export const PriorityGroupRequest = Type.Object({ name: Type.String({ minLength: 1, maxLength: 128 }), description: Type.Optional(description), members: Type.Optional(words('User ids, account names or addresses.')), viewers: Type.Optional(viewers) }, { additionalProperties: false })
/** The name never changes. */
export const PriorityGroupPatch = Type.Object({ description: Type.Optional(description), add: Type.Optional(words('User ids, account names or addresses.')), remove: Type.Optional(words('The same.')), viewers: Type.Optional(viewers) }, { additionalProperties: false })
