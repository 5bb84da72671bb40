import type { AnchorProps } from '@mantine/core'
import type { ReactNode } from 'react'
import { PageLink } from './page-link.tsx'

export interface AlertsLinkProps extends AnchorProps {
  readonly filter: Readonly<Record<string, string>>
  readonly label?: string
  readonly children: ReactNode
}

/** A link into the queue with filters. */
export const AlertsLink = ({ filter, ...rest }: AlertsLinkProps) => <PageLink to="/alerts" search={filter} {...rest} />
