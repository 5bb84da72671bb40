import { Anchor, Text, type AnchorProps } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'
import { mayOpen } from '../app/page-permission.ts'
import { useMay } from '../app/permissions.ts'

export interface PageLinkProps extends AnchorProps {
  readonly to: string
  readonly search?: Readonly<Record<string, string>> | undefined
  readonly label?: string | undefined
  readonly onClick?: (event: MouseEvent) => void
  readonly children: ReactNode
}

/** A link to a page of the console; plain text where the account may not open that page. */
export const PageLink = ({ to, search, label, onClick, children, ...rest }: PageLinkProps) => {
  const may = useMay()
  if (!mayOpen(to, may)) return <Text span size={rest.size ?? 'sm'} {...(rest.fw === undefined ? {} : { fw: rest.fw })} {...(rest.className === undefined ? {} : { className: rest.className })}>{children}</Text>
  return <Anchor component={Link} to={to} size="sm" {...(search === undefined ? {} : { search: search as never })} {...(label === undefined ? {} : { 'aria-label': label })} {...(onClick === undefined ? {} : { onClick })} {...rest}>{children}</Anchor>
}
