// A little Markdown, as elements and never as HTML: paragraphs, lists, bold, italic, code. Links stay text, since what
// somebody wrote into a case must not be able to lead its reader away.
import { Code, List, Stack, Text } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'

const INLINE = /(`[^`\n]+`|\*\*[^*\n]+\*\*|\*[^*\n]+\*)/g

/** Words with bold, italic and code. */
export const inlineParts = (text: string): readonly { readonly kind: 'text' | 'code' | 'bold' | 'italic'; readonly text: string }[] =>
  text.split(INLINE).filter((part) => part !== '').map((part) => {
    if (part.length > 2 && part.startsWith('`') && part.endsWith('`')) return { kind: 'code', text: part.slice(1, -1) }
    if (part.length > 4 && part.startsWith('**') && part.endsWith('**')) return { kind: 'bold', text: part.slice(2, -2) }
    if (part.length > 2 && part.startsWith('*') && part.endsWith('*')) return { kind: 'italic', text: part.slice(1, -1) }
    return { kind: 'text', text: part }
  })

export interface Block {
  readonly kind: 'paragraph' | 'list'
  readonly lines: readonly string[]
}

/** Lines that belong together; items of a list begin with `- ` or `* `. */
export function blocksOf(text: string): readonly Block[] {
  const blocks: { kind: Block['kind']; lines: string[] }[] = []
  let isOpen = false
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const item = /^\s*[-*]\s+(.*)$/.exec(line)?.[1]
    const kind = item === undefined ? 'paragraph' : 'list'
    const last = blocks.at(-1)
    if (line.trim() === '') isOpen = false
    else {
      if (isOpen && last?.kind === kind) last.lines.push(item ?? line)
      else blocks.push({ kind, lines: [item ?? line] })
      isOpen = true
    }
  }
  return blocks
}

const Inline = ({ text }: { readonly text: string }): ReactNode =>
  inlineParts(text).map((part, index) => {
    const key = `${index} ${part.text}`
    if (part.kind === 'code') return <Code key={key}>{part.text}</Code>
    if (part.kind === 'bold') return <b key={key}>{part.text}</b>
    return part.kind === 'italic' ? <i key={key}>{part.text}</i> : <Fragment key={key}>{part.text}</Fragment>
  })

export const Markdown = ({ text }: { readonly text: string }) => (
  <Stack gap={6} style={{ overflowWrap: 'anywhere' }}>
    {blocksOf(text).map((block, index) => block.kind === 'list'
      ? <List key={`${index} ${block.lines[0] ?? ''}`} size="sm" withPadding>{block.lines.map((line, at) => <List.Item key={`${at} ${line}`}><Inline text={line} /></List.Item>)}</List>
      : <Text key={`${index} ${block.lines[0] ?? ''}`} size="sm" component="p" m={0}>{block.lines.map((line, at) => <Fragment key={`${at} ${line}`}>{at > 0 && <br />}<Inline text={line} /></Fragment>)}</Text>)}
  </Stack>
)
