import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type, { type Static } from 'typebox'
import type { HttpDeps } from '../context.ts'
import { Instant } from '../primitives.ts'
import { fileSettings, type SettingRow, storedSettings } from './catalogue.ts'

const Value = Type.Union([Type.String(), Type.Integer(), Type.Boolean()])
const Words = Type.Object({ title: Type.String(), effect: Type.String() }, { additionalProperties: false })
export const SettingList = Type.Object({
  items: Type.Array(Type.Object({
    id: Type.String(), link: Type.String({ description: 'Page of the console where it is changed; empty: it stands in holdfast.yaml.' }), en: Words, de: Words, value: Value, standard: Value,
    changed: Type.Optional(Type.Object({ at: Instant, by: Type.String() }, { additionalProperties: false, description: 'The last change, from the audit log; some settings are changed together.' })),
  }, { additionalProperties: false })),
}, { additionalProperties: false })
export type SettingList = Static<typeof SettingList>

const words = ([title, effect]: SettingRow['en']): Static<typeof Words> => ({ title, effect })

export const settingRoutes = (deps: HttpDeps): FastifyPluginAsyncTypebox => async (app) => {
  const { store } = deps
  app.get('/api/v1/settings', { schema: { tags: ['settings'], summary: 'Every setting with its effect, its default, and who changed it last.', response: { 200: SettingList } } }, async () => {
    const rows = [...storedSettings, ...(deps.config === undefined ? [] : fileSettings(deps.config))]
    const actionsOf = ({ action = [] }: SettingRow): readonly string[] => [action].flat()
    const actions = [...new Set(rows.flatMap(actionsOf))]
    const changes = new Map(await Promise.all(actions.map(async (action) => [action, (await store.auditEntries({ limit: 1, action })).items[0]] as const)))
    return {
      items: await Promise.all(rows.map(async (row) => {
        const { id, link, en, de, standard, read } = row
        const entry = actionsOf(row).flatMap((action) => changes.get(action) ?? []).toSorted((a, b) => b.seq - a.seq)[0]
        return { id, link, en: words(en), de: words(de), value: await read(store), standard, ...(entry === undefined ? {} : { changed: { at: new Date(entry.atMs).toISOString(), by: entry.actorName } }) }
      })),
    }
  })
}
