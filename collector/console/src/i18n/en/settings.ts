export const settings = {
  settings: {
    title: 'Settings', parts: 'Parts of the settings', accounts: 'Accounts', addAccount: 'Add account', createAccount: 'Create the account', rolesHint: 'Duties are separate: whoever administers does not read alerts.', noRole: 'Choose at least one role.', enable: 'Enable', disable: 'Disable', enableOf: 'Enable {{name}}', disableOf: 'Disable {{name}}', column: { name: 'Account', roles: 'Roles', created: 'Created', state: 'State', action: 'Action' }, enabled: 'Enabled', disabled: 'Disabled', display: 'This browser', zone: 'Time zone', scheme: 'Colours', keys: 'Single-key shortcuts', about: 'About', aboutBody: 'Holdfast, insider-risk management that an organisation runs itself. Version {{version}}.', api: 'API description', organisation: 'Organisation', you: 'You', roles: 'Roles', permissions: 'Permissions', session: 'Session ends', noAccounts: 'Your roles may not see the accounts.',
  },
} as const
