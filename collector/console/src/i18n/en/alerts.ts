export const alerts = {
  alerts: {
    title: 'Alerts', toReview: 'To review', severityTile: '{{severity}}, to review', meanDecision: 'Mean time to a decision', noDecision: 'none yet',
    filter: { severity: 'Severity', status: 'Status', policy: 'Policy', range: 'Updated', any: 'Any', from: 'From', to: 'To (including)' },
    range: { '24h': 'Last 24 hours', '7d': 'Last 7 days', '30d': 'Last 30 days', '90d': 'Last 90 days', all: 'Any time', custom: 'Between two days' },
    column: { severity: 'Severity', score: 'Score', headline: 'Alert', user: 'User', policy: 'Policy', status: 'Status', updated: 'Updated', created: 'Created' },
    table: 'Alerts', newData: 'new data', open: 'Open the alert: {{headline}}',
    announce: { created_one: '{{count}} new alert', created_other: '{{count}} new alerts', changed: '{{count}} changed', show: 'Show' },
    never: { title: 'No alert yet', body: 'An alert comes when a user’s activity passes a policy’s line. Enrol a device and switch a policy on.', devices: 'Go to devices', policies: 'Go to policies' },
    filtered: { title: 'No alert fits these filters', body: 'There are alerts outside of them.' },
    sort: { ascending: 'ascending', descending: 'descending' },
  },
  alert: {
    title: 'Alert', notFound: 'This alert does not exist.', why: 'Why this score', sum: '{{score}} points = {{parts}}', scoreOf: 'Risk score {{score}} of 100', part: '{{points}} points', evidence_one: '{{count}} activity', evidence_other: '{{count}} activities', evidenceShow: 'Show the activities behind: {{reason}}',
    trigger: 'Triggering event', activities: 'Activities behind it', activitiesNone: 'The reasons name no single activity.', activitiesOf: 'Activities behind one reason', allActivities: 'Show all', chart: 'This user, last 90 days', history: 'History', historyNone: 'Nothing has happened to it yet.', user: 'User', policy: 'Policy', first: 'First activity',
    last: 'Last activity', updated: 'Updated', assignee: 'Assigned to', nobody: 'nobody', previous: 'Previous alert', next: 'Next alert', close: 'Close the alert', openPage: 'Open as a page', wholeUser: 'All activity of this user', position: '{{at}} of {{total}}',
    confirm: 'Confirm', dismiss: 'Dismiss…', resolve: 'Resolve', reopen: 'Back to review', assign: 'Assign to me', unassign: 'Give back', note: 'Note', undo: 'Undo', decided: { confirmed: 'Confirmed', dismissed: 'Dismissed', resolved: 'Resolved', needs_review: 'Back in review' },
    failed: 'Not changed', assignedToMe: 'Assigned to you', givenBack: 'Given back', readOnly: 'Your roles may read alerts, not decide them.',
  },
  dismiss: {
    title: 'Dismiss this alert', intro: 'Reason and note stay in the alert’s history and tune the policy.', reason: 'Reason', note: 'Note', noteHint: 'What did you check, and what did you find?', noteMissing: 'Write at least one sentence.', reasonMissing: 'Choose a reason.', submit: 'Dismiss',
    reasons: { expected_for_user: 'Expected for this user', not_impactful: 'Not impactful', too_much_activity: 'Too much activity for one alert', false_detection: 'False detection' },
  },
  activity: {
    table: 'Activities', when: 'When', what: 'What', device: 'Device', who: 'Account', process: 'Program', file: 'File', sensor: 'Sensor', recovered: 'found by a rescan; the time is approximate', kinds: 'Kind', from: 'from', size: 'Size', details: 'Details', hash: 'SHA-256',
    category: { access: 'Access', deletion: 'Deletion', collection: 'Collection', exfiltration: 'Exfiltration', infiltration: 'Infiltration', obfuscation: 'Obfuscation', security: 'Security', context: 'Context', agent: 'Agent' },
  },
} as const
