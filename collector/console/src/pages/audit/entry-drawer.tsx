import type { AuditEntryView } from '@holdfast/collector/contract'
import { Alert, Anchor, Drawer, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { CodeBlock } from '../../components/code-block.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Facts } from '../../components/facts.tsx'
import { Instant } from '../../components/instant.tsx'
import { useTranslation } from '../../i18n/translation.ts'

const json = (value: unknown): string => JSON.stringify(value, null, 2) ?? ''
const isEmpty = (value: unknown): boolean => typeof value !== 'object' || value === null || Object.keys(value).length === 0

/** One entry with what was before and after. */
export const EntryDrawer = ({ entry, onClose }: { readonly entry: AuditEntryView | undefined; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  return (
    <Drawer.Root opened={entry !== undefined} onClose={onClose} position="right" size="min(720px, 100vw)">
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content>
        {entry !== undefined && (
          <Stack p="md" gap="sm">
            <Group justify="space-between" wrap="nowrap"><Drawer.Title fz="lg" fw={650}>{t('audit.entry', { seq: entry.seq })}</Drawer.Title><Drawer.CloseButton aria-label={t('common.close')} /></Group>
            {entry.erased === true && <Alert variant="outline" color="gray"><Text size="sm">{t('audit.erased')}</Text></Alert>}
            <Facts rows={[
              [t('audit.column.at'), <Instant key="at" at={entry.at} seconds />], [t('audit.column.actor'), <Anchor key="actor" component={Link} to="/audit" search={{ actor: entry.actorId } as never} size="sm">{entry.actor}</Anchor>], [t('audit.roles'), entry.roles.join(', ')],
              [t('audit.column.action'), <Anchor key="action" component={Link} to="/audit" search={{ action: entry.action } as never} size="sm" className="hf-code">{entry.action}</Anchor>], [t('audit.column.target'), <span key="target">{entry.targetKind} <span className="hf-code" style={{ overflowWrap: 'anywhere' }}>{entry.targetId}</span></span>],
              [t('audit.column.about'), entry.subjects.length === 0 ? undefined : <Group key="about" gap="xs">{entry.subjects.slice(0, 50).map((one) => <Anchor key={one.id} component={Link} to="/audit" search={{ subject: one.id } as never} size="sm" className="hf-mono">{one.pseudonym}</Anchor>)}</Group>],
            ]} />
            {(entry.before !== undefined || entry.after !== undefined) && (
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <div><Text size="sm" fw={600} mb={4}>{t('audit.before')}</Text><CodeBlock text={json(entry.before ?? null)} label={t('audit.before')} maxHeight={320} /></div>
                <div><Text size="sm" fw={600} mb={4}>{t('audit.after')}</Text><CodeBlock text={json(entry.after ?? null)} label={t('audit.after')} maxHeight={320} /></div>
              </SimpleGrid>
            )}
            {!isEmpty(entry.detail) && <div><Text size="sm" fw={600} mb={4}>{t('audit.detail')}</Text><CodeBlock text={json(entry.detail)} label={t('audit.detail')} maxHeight={320} /></div>}
            <Group gap="xs" wrap="nowrap"><Text size="xs" c="dimmed" className="hf-mono" style={{ overflowWrap: 'anywhere' }}>{t('audit.hash')} {entry.hash}</Text><CopyButton text={entry.hash} label={t('audit.hash')} /></Group>
          </Stack>
        )}
      </Drawer.Content>
    </Drawer.Root>
  )
}
