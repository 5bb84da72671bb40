import { Button, Fieldset, Group, MultiSelect, NumberInput, Paper, Select, SimpleGrid, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { oneOf } from '../../app/search-params.ts'
import { useTranslation } from '../../i18n/translation.ts'
import { ASKS, doesSomething, EDGE_KINDS, EDGE_PLACES, type EdgeForm, type EdgeRuleForm, emptyRule, idIsValid, NOTICE_LANGUAGES, NOTICE_WORDS, type NoticeLanguage } from './edge-form.ts'

/** What a notice will look like: the organisation's words, or the agent's where it has none. */
const NoticePreview = ({ rule, language }: { readonly rule: EdgeRuleForm; readonly language: NoticeLanguage }) => {
  const { t } = useTranslation()
  const { title, body } = rule.texts[language]
  const words = NOTICE_WORDS[language]
  const place = rule.destinations[0] === undefined ? words.noPlace : words.place[oneOf(rule.destinations[0], EDGE_PLACES, 'removable')]
  const fill = (text: string): string => text.replaceAll('{file}', words.file).replaceAll('{place}', place)
  return (
    <Paper withBorder p="sm" maw={420} lang={language} aria-label={t('edge.previewOf', { language: t(`edge.language.${language}`) })} role="group">
      <Text fw={600}>{fill(title === '' ? words.title : title)}</Text>
      <Text size="sm" style={{ whiteSpace: 'pre-line' }}>{fill(body === '' ? words.body : body)}</Text>
      {rule.ask !== '' && <Text size="sm" c="dimmed" mt="xs">[{words.acknowledge}]{rule.ask === 'reason' && ` [${words.reason}]`}</Text>}
    </Paper>
  )
}

const NoticeWords = ({ rule, change }: { readonly rule: EdgeRuleForm; readonly change: (over: Partial<EdgeRuleForm>) => void }) => {
  const { t } = useTranslation()
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      {NOTICE_LANGUAGES.map((language) => {
        const write = (over: Partial<EdgeRuleForm['texts'][NoticeLanguage]>): void => change({ texts: { ...rule.texts, [language]: { ...rule.texts[language], ...over } } })
        const named = { language: t(`edge.language.${language}`) }
        return (
          <Stack key={language} gap="xs">
            <TextInput label={t('edge.noticeTitle', named)} description={t('help.edgeTitle')} maxLength={120} value={rule.texts[language].title} onChange={(event) => write({ title: event.currentTarget.value })} />
            <Textarea label={t('edge.noticeBody', named)} description={t('help.edgeBody')} maxLength={1000} autosize minRows={2} maxRows={8} value={rule.texts[language].body} onChange={(event) => write({ body: event.currentTarget.value })} />
            <NoticePreview rule={rule} language={language} />
          </Stack>
        )
      })}
    </SimpleGrid>
  )
}

const RuleFields = ({ rule, all, change }: { readonly rule: EdgeRuleForm; readonly all: readonly EdgeRuleForm[]; readonly change: (over: Partial<EdgeRuleForm>) => void }) => {
  const { t } = useTranslation()
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }}>
        <TextInput label={t('edge.id')} description={t('help.edgeId')} value={rule.id} error={rule.id !== '' && !idIsValid(rule, all) && t('edge.badId')} onChange={(event) => change({ id: event.currentTarget.value })} classNames={{ input: 'hf-code' }} />
        <MultiSelect label={t('edge.kinds')} description={t('help.edgeKinds')} data={EDGE_KINDS.map((value) => ({ value, label: t(`edge.kind.${value}`) }))} value={[...rule.kinds]} onChange={(kinds) => change({ kinds })} />
        <MultiSelect label={t('edge.destinations')} description={t('help.edgeDestinations')} data={EDGE_PLACES.map((value) => ({ value, label: t(`edge.place.${value}`) }))} value={[...rule.destinations]} onChange={(destinations) => change({ destinations })} />
        <Textarea label={t('edge.labels')} description={t('help.edgeLabels')} autosize minRows={1} maxRows={5} value={rule.labels} onChange={(event) => change({ labels: event.currentTarget.value })} />
        <NumberInput label={t('edge.minCount')} description={t('help.edgeMinCount')} min={0} value={rule.minCount} onChange={(minCount) => change({ minCount })} />
        <NumberInput label={t('edge.minActivities')} description={t('help.edgeMinActivities')} min={0} value={rule.minActivities} onChange={(minActivities) => change({ minActivities })} />
        <NumberInput label={t('edge.minMiB')} description={t('help.edgeMinMiB')} min={0} value={rule.minMiB} onChange={(minMiB) => change({ minMiB })} />
        <NumberInput label={t('edge.windowMins')} description={t('help.edgeWindow')} min={1} max={1440} value={rule.windowMins} onChange={(windowMins) => change({ windowMins })} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Switch label={t('edge.sensitive')} description={t('help.edgeSensitive')} checked={rule.sensitive} onChange={(event) => change({ sensitive: event.currentTarget.checked })} />
        <Switch label={t('edge.unallowedDevice')} description={t('help.edgeUnallowed')} checked={rule.unallowedDevice} onChange={(event) => change({ unallowedDevice: event.currentTarget.checked })} />
        <Switch label={t('edge.first')} description={t('help.edgeFirst')} checked={rule.first} onChange={(event) => change({ first: event.currentTarget.checked })} />
        <Switch label={t('edge.warn')} description={t('help.edgeWarn')} checked={rule.warn} error={doesSomething(rule) ? undefined : t('edge.nothing')} onChange={(event) => change({ warn: event.currentTarget.checked })} />
      </SimpleGrid>
      {rule.warn && (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <NumberInput label={t('edge.maxPerHour')} description={t('help.edgeMaxPerHour')} min={1} max={60} value={rule.maxPerHour} onChange={(maxPerHour) => change({ maxPerHour })} />
            <Select label={t('edge.ask')} description={t('help.edgeAsk')} data={ASKS.map((value) => ({ value: value === '' ? 'none' : value, label: t(`edge.asks.${value === '' ? 'none' : value}`) }))} value={rule.ask === '' ? 'none' : rule.ask} allowDeselect={false} onChange={(value) => change({ ask: oneOf(value === 'none' ? '' : value ?? '', ASKS, rule.ask) })} />
          </SimpleGrid>
          <NoticeWords rule={rule} change={change} />
        </>
      )}
    </Stack>
  )
}

/** What the devices of a group do by themselves: whom they warn, and what they send first. */
export const EdgeFields = ({ form, disabled, onChange }: { readonly form: EdgeForm; readonly disabled: boolean; readonly onChange: (form: EdgeForm) => void }) => {
  const { t } = useTranslation()
  const { rules } = form
  return (
    <Fieldset legend={t('edge.legend')} disabled={disabled}>
      <Stack>
        <Text size="sm" c="dimmed" maw={820}>{t('edge.intro')}</Text>
        {rules.map((rule, index) => {
          const change = (over: Partial<EdgeRuleForm>): void => onChange({ ...form, rules: rules.map((one, at) => (at === index ? { ...one, ...over } : one)) })
          const name = t('edge.entry', { number: index + 1 })
          return (
            // An id that is being written is no key, and rows are never sorted.
            // oxlint-disable-next-line react/no-array-index-key
            <Fieldset key={index} legend={name} variant="filled">
              <Group justify="space-between" mb="sm">
                <Switch label={t('edge.enabled')} description={t('help.edgeEnabled')} checked={rule.enabled} onChange={(event) => change({ enabled: event.currentTarget.checked })} />
                <Button variant="subtle" aria-label={`${t('edge.remove')}: ${name}`} onClick={() => onChange({ ...form, rules: rules.filter((_, at) => at !== index) })}>{t('edge.remove')}</Button>
              </Group>
              <RuleFields rule={rule} all={rules} change={change} />
            </Fieldset>
          )
        })}
        {rules.length === 0 && <Text size="sm">{t('edge.none')}</Text>}
        <Group><Button variant="default" onClick={() => onChange({ ...form, rules: [...rules, emptyRule] })}>{t('edge.add')}</Button></Group>
      </Stack>
    </Fieldset>
  )
}
