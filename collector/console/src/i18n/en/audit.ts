export const audit = {
  audit: {
    title: 'Audit log', intro: 'Who saw or changed what. Entries are only ever added, and each holds the hash of the one before.', table: 'Audit entries', column: { seq: 'No.', at: 'When', actor: 'Who', category: 'Category', action: 'Action', target: 'On', about: 'About' },
    verify: 'Verify the chain', good: 'The chain is whole', goodBody_one: '{{count}} entry, head {{head}}.', goodBody_other: '{{count}} entries, head {{head}}.', anchored_one: 'Compared with {{count}} anchored head.', anchored_other: 'Compared with {{count}} anchored heads.', bad: 'The chain is broken', badBody: 'The first entry that does not fit is number {{seq}}: {{problem}}',
    begins: 'The log begins after entry {{seq}}: older ones were taken away by retention on {{at}}, and a signed checkpoint stands for them.',
    category: 'Category', categoryAll: 'All categories', action: 'Action', actionHint: 'for example user.revealed', actor: 'Who', actorAll: 'Everybody', subject: 'About a person', subjectHint: 'pseudonym, id or e-mail address', from: 'From (UTC)', to: 'Until (UTC)', clear: 'Clear the filters',
    never: { title: 'No entry yet', body: 'The first sign-in writes the first entry.' }, filtered: { title: 'No entry fits', body: 'Change the filter or clear it.' }, people_one: '{{count}} person', people_other: '{{count}} people',
    open: 'Show entry {{seq}}', entry: 'Entry {{seq}}', roles: 'Roles at the time', before: 'Before', after: 'After', detail: 'Detail', hash: 'Hash', erased: 'Words of this entry were sealed under the key of a person who was erased since. Nobody can read them any more; the chain still fits.',
    export: 'Export', csv: 'CSV, for a spreadsheet', jsonl: 'JSON lines, can be verified anywhere', exportHint: 'With the filters above. The export itself goes into the log.',
    categories: { alerts: 'Alerts', cases: 'Cases', users: 'Users', policies: 'Policies', notices: 'Notices', evidence: 'Evidence', exports: 'Exports', privacy: 'Privacy', settings: 'Settings', devices: 'Devices', connectors: 'Connectors', accounts: 'Accounts', audit: 'Audit log', other: 'Other' },
  },
  looks: {
    title: 'Who looked at somebody', back: 'Audit log', intro: 'Every look at one person and every change about them, counted. Names stay hidden here too; asking is itself an entry.', open: 'Who looked at somebody', person: 'Person', personHint: 'pseudonym, id, account or e-mail address', none: { title: 'Ask about a person', body: 'Type how the person is known: a pseudonym, an id, an account or an e-mail address.' },
    total_one: '{{count}} entry', total_other: '{{count}} entries', accounts_one: 'by {{count}} account', accounts_other: 'by {{count}} accounts', byActor: 'By account', byRole: 'By role', byAction: 'By action', byDay: 'By day', entries: 'Show the entries', nobody: 'Nobody looked at this person in the range.',
    column: { who: 'Account', roles: 'Roles now', count: 'Entries', first: 'First', last: 'Last', did: 'What', role: 'Role', action: 'Action', category: 'Category', day: 'Day' },
  },
} as const
