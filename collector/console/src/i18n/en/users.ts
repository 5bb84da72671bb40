export const users = {
  users: {
    title: 'Users', column: { user: 'User', score: 'Risk score', severity: 'Severity', openAlerts: 'Open alerts', department: 'Department' }, kinds: { person: 'Person', system: 'System' }, table: 'Users', search: 'Search users',
    never: { title: 'No user yet', body: 'A user appears with the first activity of an account on an enrolled device.', action: 'Go to devices' }, filtered: { title: 'No user fits', body: 'Change the search or clear it.' },
  },
  user: {
    title: 'User', openAlerts: 'Alerts', noAlerts: 'No alert of this user.', months: { m1: '1 month', m3: '3 months', m6: '6 months' }, risk: 'Risk score', range: 'Time span', department: 'Department', job: 'Title',
  },
  riskLevel: { title: 'Risk level', none: 'None', minor: 'Minor', moderate: 'Moderate', elevated: 'Elevated' },
  triggers: {
    title: 'Triggering events', none: 'Nothing brings this user into scope.', column: { at: 'When', kind: 'What', why: 'Why', until: 'Scored until', end: 'End' }, startButton: 'Start scoring…', startTitle: 'Start scoring by hand', startIntro: 'The user is scored under every policy whose scope holds the user, without any other trigger. What lies in the look-back counts too. The reason goes to the audit log.', days: 'Days, 5 to 30', start: 'Start', end: 'End',
  },
  chart: {
    title: 'Activity over time', summaryNone: 'No scored activity from {{from}} to {{to}}.',
    y: 'Score', none: 'No score', day: 'Day (UTC)', indicator: 'Indicator', score: 'Score', events: 'Events', files: 'Files', bytes: 'Bytes', severity: 'Severity', table: 'Activity by day and indicator', loading: 'Drawing the chart', empty: 'No scored activity in this time span.', show: 'Show the activities of {{day}}: {{label}}',
  },
} as const
