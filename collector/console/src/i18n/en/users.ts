export const users = {
  users: {
    title: 'Users', column: { user: 'User', score: 'Risk score', severity: 'Severity', openAlerts: 'Open alerts', department: 'Department', kind: 'Kind' }, kinds: { person: 'Person', system: 'System' }, table: 'Users', search: 'Search users', withAlerts: 'With open alerts only',
    never: { title: 'No user yet', body: 'A user appears with the first activity of an account on an enrolled device.', action: 'Go to devices' }, filtered: { title: 'No user fits', body: 'Change the search or clear it.' },
  },
  user: {
    title: 'User', openAlerts: 'Alerts', noAlerts: 'No alert of this user.', firstSeen: 'First seen', devices: 'Devices', activityOn: 'Activities of {{day}} (UTC)', activityHint: 'Choose a bubble, or a row of the table, to see the activities of that day.', noActivities: 'No activity on this day.', risk: 'Risk score', months: { m1: '1 month', m3: '3 months', m6: '6 months' }, range: 'Time span', only: 'Only {{indicator}}', department: 'Department', job: 'Title',
  },
  riskLevel: { title: 'Risk level', none: 'None', minor: 'Minor', moderate: 'Moderate', elevated: 'Elevated' },
  triggers: {
    title: 'Triggering events', none: 'Nothing brings this user into scope.', column: { at: 'When', kind: 'What', why: 'Why', until: 'Scored until', end: 'End' }, startButton: 'Start scoring…', startTitle: 'Start scoring by hand', startIntro: 'The user is scored under every policy whose scope holds the user, without any other trigger. What lies in the look-back counts too. The reason goes to the audit log.', days: 'Days, 5 to 30', start: 'Start', end: 'End',
  },
  report: { title: 'Activity report', from: 'From', to: 'To', reason: 'Why you look', show: 'Show', range: 'A report covers 2 to 90 days.', summary_one: '{{from}} to {{to}}, {{count}} day: {{alerts}} alerts, {{dismissed}} activities found benign.', summary_other: '{{from}} to {{to}}, {{count}} days: {{alerts}} alerts, {{dismissed}} activities found benign.', nothing: 'Nothing was counted in these days.', categories: 'By category', category: 'Category', excluded: 'Excluded', days: 'Days' },
  chart: {
    title: 'Activity over time', summaryNone: 'No scored activity from {{from}} to {{to}}.', summary_one: 'One bubble from {{from}} to {{to}}: {{label}} on {{day}} with {{score}} points.', summary_other: '{{count}} bubbles from {{from}} to {{to}}; the strongest is {{label}} on {{day}} with {{score}} points. Each bubble is one day of one indicator: height is the score, size the number of events, shape and colour the severity.',
    y: 'Score', none: 'No score', day: 'Day (UTC)', indicator: 'Indicator', score: 'Score', events: 'Events', files: 'Files', bytes: 'Bytes', severity: 'Severity', table: 'Activity by day and indicator', loading: 'Drawing the chart', empty: 'No scored activity in this time span.', show: 'Show the activities of {{day}}: {{label}}',
  },
} as const
