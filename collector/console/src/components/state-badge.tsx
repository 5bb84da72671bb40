import { Badge } from '@mantine/core'
import type { ReactNode } from 'react'

export type Tone = 'good' | 'warn' | 'bad' | 'quiet'

/** Mark and fill of a tone; the fills carry white text with at least 5.9:1. */
const tones: Readonly<Record<Tone, { readonly mark: string; readonly fill?: string }>> = {
  good: { mark: '✓', fill: '#1c6b36' },
  warn: { mark: '▲', fill: '#a04100' },
  bad: { mark: '◆', fill: '#b42318' },
  quiet: { mark: '–' },
}

/** A state in a word, with a mark so that its colour is never alone. */
export const StateBadge = ({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) => {
  const { mark, fill } = tones[tone]
  const left = <span aria-hidden="true">{mark}</span>
  return fill === undefined ? <Badge variant="default" tt="none" miw="max-content" leftSection={left}>{children}</Badge> : <Badge variant="filled" color={fill} tt="none" miw="max-content" leftSection={left}>{children}</Badge>
}
