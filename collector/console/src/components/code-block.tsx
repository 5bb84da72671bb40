import { Code, ScrollArea } from '@mantine/core'

/** Text in fixed width that can be scrolled by keyboard. */
export const CodeBlock = ({ text, label, maxHeight = 420 }: { readonly text: string; readonly label: string; readonly maxHeight?: number }) => (
  <ScrollArea.Autosize mah={maxHeight} viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': label }}>
    <Code block fz="xs">{text}</Code>
  </ScrollArea.Autosize>
)
