import { CloseButton, Kbd, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from '../i18n/translation.ts'

/** A search that `/` reaches; it asks when the typing pauses. */
export const SearchField = ({ label, placeholder, initial, onSearch }: { readonly label: string; readonly placeholder?: string; readonly initial: string; readonly onSearch: (text: string) => void }) => {
  const { t } = useTranslation()
  const [text, setText] = useState(initial)
  const search = useDebouncedCallback(onSearch, 250)
  const change = (next: string): void => {
    setText(next)
    search(next.trim())
  }
  return (
    <TextInput data-page-search aria-label={label} placeholder={placeholder ?? label} value={text} onChange={(event) => change(event.currentTarget.value)} onKeyDown={(event) => { if (event.key === 'Escape') event.currentTarget.blur() }} w={260} size="sm"
      leftSection={<IconSearch size={15} aria-hidden="true" />} rightSection={text === '' ? <Kbd size="xs" aria-hidden="true">/</Kbd> : <CloseButton size="sm" aria-label={t('common.clearFilters')} onClick={() => change('')} />} />
  )
}
