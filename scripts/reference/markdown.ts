// Pieces of a Markdown page that is made from a table of the code.

/** First line of every generated page. */
export const note = (source: string): string => `<!-- Generated from ${source} by \`pnpm reference\`; do not edit. -->\n\n`

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `${[head, head.map(() => '---'), ...rows.map((row) => row.map(cell))].map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`

export const code = (text: string): string => (text === '' ? '' : `\`${text}\``)

export const codes = (list: readonly string[]): string => list.map(code).join(', ')
