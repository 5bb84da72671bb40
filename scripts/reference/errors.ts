import { errorTable as agentErrors } from '@holdfast/agent/errors.ts'
import { errorTable as collectorErrors } from '@holdfast/collector/errors.ts'
import { code, note, table } from './markdown.ts'

export const errorsPage = (): string =>
  [
    note('agent/src/errors.ts and collector/src/errors.ts'),
    '# Errors\n\nThe code is the only thing to branch on; messages may change. The API answers with `application/problem+json`, in which `code` is one of these.\n\n## Collector\n\n',
    table(['code', 'HTTP status', 'retry', 'logged as', 'message'], Object.entries(collectorErrors).map(([name, row]) => [code(name), String(row.status), row.retryable ? 'yes' : 'no', row.level, row.message])),
    '\n## Agent\n\n',
    table(['code', 'exit code', 'retry', 'logged as', 'message'], Object.entries(agentErrors).map(([name, row]) => [code(name), String(row.exit), row.retryable ? 'yes' : 'no', row.level, row.message])),
  ].join('')
