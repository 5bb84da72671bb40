import type { UserRef } from '@holdfast/collector/contract'
import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'

/** A pseudonym as a link to the user; with it the name, where the viewer may see it. */
export const UserName = ({ user }: { readonly user: UserRef }) => (
  <>
    <Anchor component={Link} to={`/users/${encodeURIComponent(user.id)}`} size="sm" className="hf-mono" onClick={(event) => event.stopPropagation()}>{user.pseudonym}</Anchor>
    {user.displayName !== undefined && <Text span size="sm" c="dimmed"> {user.displayName}</Text>}
  </>
)
