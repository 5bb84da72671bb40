import type { UserRef } from '@holdfast/collector/contract'
import { Text } from '@mantine/core'
import { PageLink } from './page-link.tsx'

/** A pseudonym as a link to the user; with it the name, where the viewer may see it. */
export const UserName = ({ user }: { readonly user: UserRef }) => (
  <>
    <PageLink to={`/users/${encodeURIComponent(user.id)}`} className="hf-mono" onClick={(event) => event.stopPropagation()}>{user.pseudonym}</PageLink>
    {user.displayName !== undefined && <Text span size="sm" c="dimmed"> {user.displayName}</Text>}
  </>
)
