import { Group, Title } from '@mantine/core'
import { useId, type ReactNode } from 'react'

/** A titled part of a page. */
export const Panel = ({ title, actions, children }: { readonly title: string; readonly actions?: ReactNode; readonly children: ReactNode }) => {
  const id = useId()
  return (
    <section className="hf-panel" aria-labelledby={id}>
      <Group justify="space-between" mb="sm"><Title order={2} id={id}>{title}</Title>{actions}</Group>
      {children}
    </section>
  )
}
