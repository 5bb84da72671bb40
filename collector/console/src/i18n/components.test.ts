// @vitest-environment node
// What a component may say itself: nothing. Every text comes from the catalogue, under a key that is there, with the variables that it names.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseSync, Visitor } from 'vite'
import { describe, expect, test } from 'vitest'
import { en } from './en.ts'

type Tree = { readonly [key: string]: string | Tree }
const leaves = (tree: Tree, prefix = ''): readonly (readonly [string, string])[] => Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[`${prefix}${key}`, value] as const] : leaves(value, `${prefix}${key}.`)))
const catalogue = new Map(leaves(en))

const root = join(import.meta.dirname, '..')
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !/^(testing|i18n)\//.test(name)).map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }))
const components = sources.filter(({ name }) => name.endsWith('.tsx'))

/** Attributes that a person reads or hears. */
const SPOKEN = new Set(['label', 'title', 'placeholder', 'description', 'alt', 'aria-label', 'aria-description', 'aria-roledescription', 'error', 'body', 'intro', 'hint', 'legend', 'nothingFoundMessage'])
/** What is no language: names of keys, and units. */
const NO_WORDS = /^[\W\d_]*(\p{L}|now-\d+[mhdw]|Ctrl|Ctrl K|Esc|MiB|GiB|KiB|SHA-256|JSON|CSV|API|UTC|ID|PDF|h|min|s|d)?[\W\d_]*$/u

/** An address as an example is the same in every language. */
const EXAMPLE = /^https?:\/\/\S+$/

const FIELDS = new Set(['TextInput', 'NumberInput', 'Select', 'MultiSelect', 'Textarea', 'PasswordInput', 'TagsInput', 'JsonInput', 'AmountInput', 'Switch', 'Checkbox'])
/** Fields that ask for a part of a list and change nothing. */
const ASKS = /filter|activity-explorer|user-activity|chronology|audit-page|queue-tools/
/** Names that need no help: passwords and codes, names of things, reasons and days that their dialog explains, and lists of what is chosen. */
const SAYS_ALL = [/(password|Password|account\.(code|present|again)|signIn\.name|setUp\.(code|again)|twoStep)/, /(passkeyName|tokenName|views\.name|unitName|access\.group|privacy\.(host|port)|exports\.(name|kind|form\.(host|port|format|begin)))/, /([Rr]eason|comment|(reports|exports\.replay)\.|exports\.replay|\.from'|\.to')/, /\{(label|name|role|role\.name|humanise\(id\))\}|`(severity|content\.destination|triggerKind|alerts\.column)\./]

const place = (name: string, text: string, at: number): string => `${relative('.', name)}:${text.slice(0, at).split('\n').length}`

describe('a component', () => {
  test('holds no literal text', () => {
    const found: string[] = []
    for (const { name, text } of components) {
      const check = (value: string, at: number): void => {
        if (/\p{L}/u.test(value) && !NO_WORDS.test(value.trim()) && !EXAMPLE.test(value.trim())) found.push(`${place(name, text, at)} ${JSON.stringify(value.trim().slice(0, 60))}`)
      }
      new Visitor({
        JSXText: (node) => check(node.value, node.start),
        JSXExpressionContainer: (node) => {
          if (node.expression.type === 'Literal' && typeof node.expression.value === 'string') check(node.expression.value, node.start)
        },
        JSXAttribute: (node) => {
          if (node.name.type !== 'JSXIdentifier' || !SPOKEN.has(node.name.name) || node.value === null) return
          if (node.value.type === 'Literal' && typeof node.value.value === 'string') check(node.value.value, node.start)
          if (node.value.type === 'JSXExpressionContainer' && node.value.expression.type === 'TemplateLiteral') for (const quasi of node.value.expression.quasis) check(quasi.value.raw, node.start)
        },
      }).visit(parseSync(name, text).program)
    }
    expect(found).toEqual([])
    expect(components.length).toBeGreaterThan(80)
  })

  test('asks for keys that are there, and gives the variables that their texts name', () => {
    const wrong: string[] = []
    let looked = 0
    for (const { name, text } of sources) {
      new Visitor({
        CallExpression: (node) => {
          if (node.callee.type !== 'Identifier' || node.callee.name !== 't') return
          const [first, second] = node.arguments
          if (first?.type !== 'Literal' || typeof first.value !== 'string') return
          looked += 1
          const forms = [catalogue.get(first.value), catalogue.get(`${first.value}_one`), catalogue.get(`${first.value}_other`)].filter((one) => one !== undefined)
          if (forms.length === 0) wrong.push(`${place(name, text, node.start)} no key ${first.value}`)
          if (second !== undefined && (second.type !== 'ObjectExpression' || second.properties.some(({ type }) => type === 'SpreadElement'))) return
          const given = new Set((second?.type === 'ObjectExpression' ? second.properties : []).map((property) => (property.type === 'Property' && property.key.type === 'Identifier' ? property.key.name : '')))
          const wanted = new Set(forms.flatMap((form) => [...form.matchAll(/\{\{([^}]+)\}\}/g)].map(([, variable]) => variable ?? '')))
          if (forms.length === 2) wanted.add('count')
          for (const variable of wanted) if (!given.has(variable)) wrong.push(`${place(name, text, node.start)} ${first.value} wants ${variable}`)
        },
      }).visit(parseSync(name, text).program)
    }
    expect(wrong).toEqual([])
    expect(looked).toBeGreaterThan(500)
  })

  test('says of each field of a form what it does, unless its name says all', () => {
    const silent: string[] = []
    let told = 0
    for (const { name, text } of components.filter(({ name: one }) => !ASKS.test(one))) {
      new Visitor({
        JSXOpeningElement: (node) => {
          if (node.name.type !== 'JSXIdentifier' || !FIELDS.has(node.name.name)) return
          const attribute = (wanted: string): string | undefined => {
            const found = node.attributes.find((one) => one.type === 'JSXAttribute' && one.name.name === wanted)
            return found === undefined ? undefined : text.slice(found.start, found.end)
          }
          const label = attribute('label')
          if (label === undefined) return
          if (attribute('description') !== undefined) told += 1
          else if (!SAYS_ALL.some((pattern) => pattern.test(label))) silent.push(`${place(name, text, node.start)} ${label}`)
        },
      }).visit(parseSync(name, text).program)
    }
    expect(silent).toEqual([])
    expect(told).toBeGreaterThan(80)
  })

  test('takes its language from one place: texts from i18n, numbers and times from format', () => {
    const found = sources.filter(({ name }) => !name.startsWith('format/')).flatMap(({ name, text }) => [/\.toLocale(?!LowerCase|UpperCase)\w*\(/, /new Intl\.(NumberFormat|DateTimeFormat|RelativeTimeFormat)/].filter((pattern) => pattern.test(text)).map((pattern) => `${name} ${pattern.source}`))
    expect(found).toEqual([])
  })

  test('no text of the catalogue is left over', () => {
    const all = sources.map(({ text }) => text).join('\n')
    // A key that is put together at run time is there by its beginning (`nav.${key}`).
    const beginnings = [...new Set([...all.matchAll(/`([a-zA-Z][\w.-]*)\$\{/g)].map(([, head]) => head ?? '').filter((head) => head.includes('.')))]
    const whole = new Set([...all.matchAll(/['"`]([a-zA-Z][\w.-]*)['"`]/g)].map(([, text]) => text))
    const isUsed = (key: string): boolean => whole.has(key.replace(/_(one|other)$/, '')) || beginnings.some((head) => key.startsWith(head))
    expect([...catalogue.keys()].filter((key) => !isUsed(key))).toEqual([])
  })
})
