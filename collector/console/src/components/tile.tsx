import { Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** One number with its name. */
export const Tile = ({ label, value, hint }: { readonly label: ReactNode; readonly value: ReactNode; readonly hint?: ReactNode }) => (
  <div className="hf-panel">
    <Text size="sm" c="dimmed" component="div">{label}</Text>
    <Text fz={26} fw={650} lh={1.25} className="hf-mono" component="div">{value}</Text>
    {hint !== undefined && <Text size="xs" c="dimmed" component="div">{hint}</Text>}
  </div>
)
