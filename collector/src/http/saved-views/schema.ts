// Views that people keep of a list: its filters under a name, for themselves or for everybody who may see the list.
import Type, { type Static } from 'typebox'
import { ActivityFilter } from '../activities/schema.ts'
import { AlertFilter, AlertSort } from '../alerts/schema.ts'
import { Id, Instant } from '../primitives.ts'

const Text = Type.String({ minLength: 1, maxLength: 256 })
/** Of lists whose words the server does not count by. */
const FreeFilter = Type.Record(Type.String({ pattern: '^[A-Za-z]{1,40}$' }), Type.Union([Text, Type.Boolean(), Type.Array(Text, { maxItems: 100 })]), { maxProperties: 40 })

const common = {
  name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }), isShared: Type.Boolean({ description: 'Everybody who may see the list may use it; the owner alone changes it.' }),
  columns: Type.Optional(Type.Array(Type.String({ pattern: '^[A-Za-z]{1,40}$' }), { maxItems: 30 })), sort: Type.Optional(Type.String({ pattern: '^-?[A-Za-z]{1,40}$' })),
}
export const SavedViewRequest = Type.Union([
  Type.Object({ resource: Type.Literal('alerts'), filter: AlertFilter, ...common, sort: Type.Optional(AlertSort) }, { additionalProperties: false }),
  Type.Object({ resource: Type.Literal('activities'), filter: ActivityFilter, ...common }, { additionalProperties: false }),
  Type.Object({ resource: Type.Union([Type.Literal('cases'), Type.Literal('users'), Type.Literal('audit')]), filter: FreeFilter, ...common }, { additionalProperties: false }),
])
export type SavedViewRequest = Static<typeof SavedViewRequest>
const RESOURCES = ['alerts', 'activities', 'cases', 'users', 'audit'] as const
export const ViewResource = Type.Unsafe<(typeof RESOURCES)[number]>(Type.Union(RESOURCES.map((name) => Type.Literal(name))))

export const SavedViewView = Type.Object({
  id: Id, resource: Type.String(), name: Type.String(), isShared: Type.Boolean(), isMine: Type.Boolean(), owner: Type.String(), isDefault: Type.Boolean({ description: 'The asker’s own choice to begin with.' }),
  filter: FreeFilter, columns: Type.Optional(Type.Array(Type.String())), sort: Type.Optional(Type.String()), updatedAt: Instant, revision: Type.Integer(),
  count: Type.Optional(Type.Integer({ description: 'Alerts that match now, up to 1,000.' })),
}, { additionalProperties: false })
export type SavedViewView = Static<typeof SavedViewView>
export const SavedViewList = Type.Object({ items: Type.Array(SavedViewView) }, { additionalProperties: false })
export type SavedViewList = Static<typeof SavedViewList>
export const SavedViewQuery = Type.Object({ resource: ViewResource, counts: Type.Optional(Type.Boolean()) }, { additionalProperties: false })
export const DefaultViewRequest = Type.Object({ resource: ViewResource, viewId: Type.Union([Id, Type.Null()]) }, { additionalProperties: false })
