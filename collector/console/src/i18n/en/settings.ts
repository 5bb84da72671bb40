export const settings = {
  settings: {
    title: 'Settings', parts: 'Parts of the settings', accounts: 'Accounts', addAccount: 'Add account', createAccount: 'Create the account', rolesHint: 'Duties are separate: whoever administers does not read alerts.', noRole: 'Choose at least one role.', enable: 'Enable', disable: 'Disable', enableOf: 'Enable {{name}}', disableOf: 'Disable {{name}}', column: { name: 'Account', roles: 'Roles', created: 'Created', state: 'State', action: 'Action' }, enabled: 'Enabled', disabled: 'Disabled', display: 'This browser', zone: 'Time zone', scheme: 'Colours', keys: 'Single-key shortcuts', about: 'About', aboutBody: 'Holdfast, insider-risk management that an organisation runs itself. Version {{version}}.', api: 'API description', organisation: 'Organisation', you: 'You', roles: 'Roles', permissions: 'Permissions', session: 'Session ends', noAccounts: 'Your roles may not see the accounts.',
  },
  system: {
    title: 'System', intro: 'Whether this installation is well, and whether it could be brought back. The same on the command line: holdfast doctor, holdfast backup list.', all: 'All settings', allIntro: 'Every setting with what it does, its default, and who changed it last.', search: 'Search settings', differing: 'Only what differs from the default', count: '{{count}} settings', nothing: 'No setting has these words.', nothingHint: 'Search for fewer words.',
    column: { title: 'Setting', value: 'Value', standard: 'Default', changed: 'Last change', verdict: 'Result', check: 'Check', detail: 'What was found', fix: 'What to do', made: 'Made', size: 'Size', sealed: 'Sealed', drill: 'Restored as a drill', file: 'File' },
    yes: 'yes', no: 'no', none: 'none', inFile: 'in holdfast.yaml', never: 'never changed', doctor: 'Doctor', again: 'Look again', verdict: { ok: 'OK', warn: 'Look at it', fail: 'Mend it' },
    backups: 'Backups', noBackups: 'No backup is noted.', noBackupsHint: 'Set backup.folder in holdfast.yaml, or run holdfast backup FILE.', noDrill: 'not yet', drillGood: 'whole,', drillBad: 'FAILED,', failed: 'The last try failed: {{problem}}', restored: 'This installation was restored from a backup made',
  },
} as const
