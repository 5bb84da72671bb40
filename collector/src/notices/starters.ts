// Templates to begin with; nothing is stored until somebody saves one.
import type { NoticeContent } from '../domain/cases/notice.ts'

export const starterTemplates: readonly (NoticeContent & { readonly name: string })[] = [
  {
    name: 'Reminder of the rules', from: '', cc: [], bcc: [], format: 'text', subject: 'Please check how you handle company data',
    body: 'Hello {{ user.name }},\n\nwe noticed activity with company data that our rules ("{{ policy.name }}") ask us to talk about.\nThere may well be a good reason for it. Please answer this mail or come by, so that we can settle it.\n{% if training.url != "" %}\nA short reminder of the rules: {{ training.url }}\n{% endif %}\n{{ organisation.name }}, security team\n',
  },
  {
    name: 'Invitation to training', from: '', cc: [], bcc: [], format: 'html', subject: 'Training: handling data safely',
    body: '<p>Hello {{ user.name }},</p>\n<p>please take the training on handling data within two weeks:</p>\n<p><a href=\'{{ training.url }}\'>{{ training.url }}</a></p>\n<p>It takes about fifteen minutes. If you have questions, answer this mail.</p>\n<p>{{ organisation.name }}, security team</p>',
  },
]
