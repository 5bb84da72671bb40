import { Anchor, type AnchorProps } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

export interface AlertsLinkProps extends AnchorProps {
  readonly filter: Readonly<Record<string, string>>
  readonly label?: string
  readonly children: ReactNode
}

/** A link into the queue with filters. */
export const AlertsLink = ({ filter, label, children, ...rest }: AlertsLinkProps) => (
  // The queue reads its search part as outside input, so the router knows no type for it.
  <Anchor component={Link} to="/alerts" search={filter as never} size="sm" {...(label === undefined ? {} : { 'aria-label': label })} {...rest}>{children}</Anchor>
)
