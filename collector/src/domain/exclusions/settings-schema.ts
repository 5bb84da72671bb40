// The shape of the detection settings; one schema for the API, the command line and replay. What the shape cannot say
// (syntax of a pattern, limits, names that must be known) is in check-settings.ts, with a sentence for each problem.
import Type, { type Static } from 'typebox'

/** Above every limit of LIMITS, so that a list that is too long is refused with a sentence about it. */
const ROOM = 10_000
const texts = (description: string, maxLength = 1024) => Type.Optional(Type.Array(Type.String({ maxLength }), { maxItems: ROOM, description }))
const closed = { additionalProperties: false } as const
const domains = (description: string) =>
  Type.Optional(Type.Array(Type.Union([Type.String({ maxLength: 300 }), Type.Object({ domain: Type.String({ maxLength: 300 }), multiLevel: Type.Optional(Type.Boolean({ description: 'The domain itself and everything below it.' })) }, closed)]), { maxItems: ROOM, description }))
const word = (maxLength = 256, description?: string) => Type.Optional(Type.String({ maxLength, ...(description === undefined ? {} : { description }) }))

const lists = {
  fileTypes: texts('Extensions with or without the dot, also of two parts: pdf, .tar.gz.', 64),
  paths: texts('Folders with everything below them, or parts of a path. * is one level, *(n) up to n levels, ~ every home.', 2048),
  keywords: Type.Optional(Type.Array(Type.Object({ contains: Type.String({ maxLength: 256, description: 'In the name, the path or a printed document’s name.' }), unless: texts('… unless one of these is there too.', 256) }, closed), { maxItems: ROOM, description: 'Words in names.' })),
  sensitiveTypes: texts('Types of content findings that are neither sensitive nor priority content.', 128),
  applications: texts('name, source:name, class:vpn, process:rsync or process:/usr/bin/rsync; * stands for any characters.', 512),
  media: Type.Optional(Type.Array(Type.Object({ serial: word(256, 'Serial number; it can be forged, so what such a medium takes stays visible.'), vendor: word(256, 'Vendor; all that are given must hold.'), model: word(256, 'Model.') }, closed), { maxItems: ROOM, description: 'Removable media that the organisation hands out.' })),
  features: Type.Optional(Type.Array(Type.Object({
    feature: Type.String({ maxLength: 128, description: 'Id of a security feature, or its beginning with a * behind it.' }),
    to: Type.Optional(Type.Array(Type.Union([Type.Literal('enabled'), Type.Literal('disabled'), Type.Literal('weakened'), Type.Literal('absent')]), { maxItems: 4, description: 'States that it may go to.' })),
    values: texts('Raw values after the change.', 512), devices: texts('Ids of devices.', 128), from: word(40, 'Begin of the maintenance, RFC 3339.'), until: word(40, 'End of the maintenance, RFC 3339.'),
  }, closed), { maxItems: ROOM, description: 'Planned changes of security features.' })),
}

export const DetectionSettingsDocument = Type.Object({
  exclusions: Type.Optional(Type.Object(lists, { ...closed, description: 'What every indicator leaves out. It stays visible and scores nothing.' })),
  domains: Type.Optional(Type.Object({
    allowed: domains('As good as inside: what goes there or comes from there is excluded.'), unallowed: domains('What goes there or comes from there scores more.'), thirdParty: domains('Business sites whose downloads have an indicator of their own.'),
  }, { ...closed, description: 'example.com, *.example.com (one level), **.example.com (the domain and every level below); the closest entry of all three lists decides.' })),
  defaultExclusionsOff: texts('Ids of default exclusions that are unticked.', 64),
  priorityAssets: texts('Ids of doors and other assets that matter more than others.', 256),
  groups: Type.Optional(Type.Array(Type.Object({ name: Type.String({ minLength: 1, maxLength: 64 }), description: word(1000), domains: domains('Domains.'), ...lists }, closed), { maxItems: ROOM, description: 'Named lists for variants.' })),
  variants: Type.Optional(Type.Array(Type.Object({
    indicator: Type.String({ maxLength: 64, description: 'Id of a built-in indicator.' }), id: Type.String({ maxLength: 64, description: 'Policies name the variant indicator#id.' }), name: word(128),
    mode: Type.Union([Type.Literal('exclude'), Type.Literal('include')], { description: 'Leave out what the groups hold, or count only that.' }), groups: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 100 }),
  }, closed), { maxItems: ROOM, description: 'Copies of indicators with lists of their own.' })),
}, closed)
export type DetectionSettingsDocument = Static<typeof DetectionSettingsDocument>
