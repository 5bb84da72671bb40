import { informationTypes } from '@holdfast/agent/inspect/catalogue/catalogue.ts'
import { type InformationType, levels } from '@holdfast/agent/inspect/catalogue/row.ts'
import { CUSTOM_CHECKS, CUSTOM_LIMITS } from '@holdfast/agent/inspect/custom-rules.ts'
import { EXTRACT_LIMITS } from '@holdfast/agent/inspect/extract/budget.ts'
import { code, codes, note, table } from './markdown.ts'

const titles: Readonly<Record<InformationType['category'], string>> = { finance: 'Payment, banking and companies', identity: 'Identity', health: 'Health', contact: 'Contact data in bulk', secret: 'Keys, tokens and passwords', crypto: 'Wallets' }
const MIB = 1 << 20

const rowOf = (type: InformationType): readonly string[] => [
  code(type.id), type.name, type.country, type.check === undefined ? '' : 'yes', type.alone ?? 'not told', type.near ?? (type.keywords.length === 0 ? '' : type.alone ?? ''),
  type.keywords.length === 0 ? '' : `${type.keywords.slice(0, 3).join(', ')}${type.keywords.length > 3 ? ', …' : ''}; ${type.find === 'keyword' ? `${type.within} before it` : type.proximity ?? 300}`, type.minimum === undefined ? '' : String(type.minimum), type.source,
]

export const sensitiveTypesPage = (): string =>
  [
    note('agent/src/inspect/catalogue/'),
    `# Sensitive information types\n\nThe agent knows ${informationTypes.length} of them. Of a file it tells the type, the number of distinct values and the confidence: ${Object.entries(levels).map(([level, value]) => `${level} ${value}`).join(', ')}. The text itself stays in the process that read it. A policy says from which confidence on a match counts (${levels.medium} as delivered).\n\n`,
    'A number that could be of several types counts as the one whose word stands nearest. The words in the first line of a table count for each of its rows.\n\n',
    ...(Object.keys(titles) as InformationType['category'][]).flatMap((category) => [
      `## ${titles[category]}\n\n`,
      table(['type', 'name', 'country', 'check', 'alone', 'with its word', 'words; characters apart', 'from so many on', 'source'], informationTypes.filter((type) => type.category === category).map(rowOf)), '\n',
    ]),
    `## An organisation's own\n\n\`custom.ID\`: a pattern in RE2 syntax of at most ${CUSTOM_LIMITS.pattern} characters, with words (required or not) and a checksum (${codes(CUSTOM_CHECKS)}); at most ${CUSTOM_LIMITS.types}. \`keywords.ID\`: a dictionary of at most ${CUSTOM_LIMITS.phrases} phrases. \`exact.ID\`: values of a table that the agent knows as salted SHA-256, 8 bytes each, at most ${CUSTOM_LIMITS.exactHashes.toLocaleString('en-GB')}; values are compared as letters and digits in lower case, over up to ${CUSTOM_LIMITS.exactWords} words.\n\n`,
    `## What is read\n\nText (UTF-8, UTF-16, Windows-1252), HTML, RTF, mail with its attachments, PDF, docx, xlsx, pptx, odt, ods, odp with what is embedded, source code; zip, tar, gzip and zstd with all that is in them, ${EXTRACT_LIMITS.depth} levels deep, ${EXTRACT_LIMITS.entries} members, ${EXTRACT_LIMITS.inflatedBytes / MIB} MiB unpacked, ${EXTRACT_LIMITS.chars / MIB} million characters, ${EXTRACT_LIMITS.millis / 1000} s. Of old office documents (doc, xls, ppt, msg) what is readable as it stands. Pictures are not read.\n\n`,
    table(['state', 'means'], [['complete', 'all of it was looked at'], ['partial', 'a limit was reached; what is told was found before it'], ['encrypted', 'it takes a password, or a member does'], ['unsupported', 'a format that is not read (pictures, 7z, rar, bzip2, xz)'], ['refused', 'a bomb: far more comes out than went in'], ['timeout', 'it took too long'], ['failed', 'damaged'], ['skipped', 'more files than may be looked at in a minute, no right to read, or no regular file']].map(([state = '', means = '']) => [code(state), means])),
  ].join('')
