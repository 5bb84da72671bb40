export const settings = {
  audit: {
    title: 'Audit log', intro: 'Who saw or changed what. Entries are only ever added, and each holds the hash of the one before.', table: 'Audit entries', column: { seq: 'No.', at: 'When', actor: 'Who', action: 'Action', target: 'On', detail: 'Detail' }, verify: 'Verify the chain', verifying: 'Verifying', good: 'The chain is whole', goodBody_one: '{{count}} entry, head {{head}}.', goodBody_other: '{{count}} entries, head {{head}}.', bad: 'The chain is broken', badBody: 'The first entry that does not fit is number {{seq}}: {{problem}}', action: 'Action', actionHint: 'for example alert.changed', never: { title: 'No entry yet', body: 'The first sign-in writes the first entry.' }, filtered: { title: 'No entry fits', body: 'Change the filter or clear it.' }, showDetail: 'Detail of entry {{seq}}',
  },
  settings: {
    title: 'Settings', accounts: 'Accounts', accountsHint: 'Make and disable accounts with `holdfast account`.', column: { name: 'Account', roles: 'Roles', created: 'Created', state: 'State' }, enabled: 'Enabled', disabled: 'Disabled', display: 'This browser', zone: 'Time zone', scheme: 'Colours', keys: 'Single-key shortcuts', about: 'About', aboutBody: 'Holdfast, insider-risk management that an organisation runs itself. Version {{version}}.', api: 'API description', organisation: 'Organisation', you: 'You', roles: 'Roles', permissions: 'Permissions', session: 'Session ends', noAccounts: 'Your roles may not see the accounts.',
  },
} as const
