export const devices = {
  devices: {
    title: 'Devices', table: 'Devices', add: 'Add device', search: 'Search by host name', searchLabel: 'Search devices',
    column: { hostname: 'Device', health: 'Health', policy: 'Policy', sensors: 'Sensors', group: 'Group', lastSeen: 'Last seen', agent: 'Agent' },
    health: { healthy: 'Healthy', degraded: 'Degraded', offline: 'Offline', never_seen: 'Never seen', revoked: 'Revoked' },
    policyState: { current: 'Current', behind: 'Behind', refused: 'Refused', unknown: 'Not reported' },
    revision: 'wanted {{wanted}}, running {{running}}', runningNone: 'none', unexplained: '{{count}} unexplained',
    tier: { full: 'full', degraded: 'degraded', blind: 'blind', off: 'off' }, tierCount: '{{count}} {{tier}}',
    never: { title: 'No device yet', body: 'Create an enrolment code and run one line on the device. It takes a minute.' }, filtered: { title: 'No device fits', body: 'Change the search or clear it.' },
  },
  device: {
    faults: 'What is wrong', fix: 'What to do', sensors: 'Sensors', tier: 'Sees', selfTest: 'Self-test', passed: 'passed', failed: 'failed', notRun: 'not run', emitted: 'Activities', watches: 'Watches', noSensors: 'It has not reported its sensors yet.',
    warnings: 'Warnings to people', ledger: 'Loss ledger', ledgerHint: 'Sequence numbers of the spool: what arrived, what is missing with a reason, and what is missing without one.', ledgerNone: 'Nothing has arrived yet.', epoch: 'Spool', range: 'Numbers', count: 'Count', kind: 'State', kinds: { received: 'Received', gap: 'Gap, explained', awaited: 'On the device, comes later', unexplained: 'Unexplained' }, gapReason: 'Reason',
    spool: 'Spool on the device', spoolWaiting: '{{count}} waiting', spoolUse: '{{bytes}} of {{max}}', spooledInAll: '{{number}} activities so far', dropped: '{{count}} dropped, each covered by a gap record', usageText: '{{memory}} memory, {{cpu}} of processor time', policy: 'Agent policy', wanted: 'Wanted', running: 'Running', appliedAt: 'Applied', stricter: 'Stricter because of', stricterLevel_minor: '{{users}} (minor risk level), since', stricterLevel_moderate: '{{users}} (moderate risk level), since', stricterLevel_elevated: '{{users}} (elevated risk level), since', refused: 'Refused: {{reason}}', watching: 'What it watches', watchingNone: 'No policy is compiled for its group yet.',
    facts: 'Facts', os: 'System', kernel: 'Kernel', agent: 'Agent', elevated: 'Runs as root', accounts: 'Signed-in accounts', enrolled: 'Enrolled', id: 'Id', group: 'Group',
    revoke: 'Revoke…', revokeTitle: 'Revoke {{hostname}}', revokeBody: 'Its credential stops working within a minute. What it already sent stays. To come back it must be enrolled with a new code.', revokeSubmit: 'Revoke', revoked: 'Revoked', activities: 'Latest activities', noActivities: 'No activity from this device yet.',
  },
  enrol: {
    title: 'Add a device', group: 'Group', uses: 'Devices that may use it', hours: 'Valid for, hours', create: 'Create the code', once: 'The code is shown only now. Whoever has it can enrol a device.', expires_one: 'Valid until {{at}}, for {{count}} device, group {{group}}.', expires_other: 'Valid until {{at}}, for {{count}} devices, group {{group}}.', run: 'Run this on the device as root or administrator:', 
    linux: 'Linux', macos: 'macOS', windows: 'Windows', copyCommand: 'Copy the command', waiting: 'Waiting for the device…', stepCode: 'Code created', stepHeartbeat: 'First report received', enrolledAs: '{{hostname}} is enrolled', done: 'The device is enrolled and reports.', openDevice: 'Open the device', closeHint: 'You may close this; the code stays valid.', codes: 'Enrolment codes', stuck: 'Nothing yet? On the device, `holdfast-agent doctor` says what is in the way: clock, name, proxy or certificate.', 
    table: { created: 'Created', by: 'By', group: 'Group', uses: 'Used', expires: 'Expires', state: 'State' }, states: { open: 'Open', used_up: 'Used up', expired: 'Expired', revoked: 'Revoked' }, noCodes: 'No code was made yet.',
  },
  allowedMedia: {
    legend: 'Allowed media', intro: 'Sticks, cards, telephones and cameras that the devices of this group may have, such as those that the organisation hands out. What they do stays visible and scores nothing.', none: 'None is allowed.', add: 'Allow a medium', remove: 'Remove', entry: 'Allowed medium {{number}}', what: 'What', device: 'Vendor:product:serial number', reason: 'Reason', until: 'Until',
    copies: 'Copies too', ended: 'Ended', users_one: 'For {{count}} person', users_other: 'For {{count}} people', badDevice: 'Four hex digits, a colon, four hex digits, and a serial number behind another colon where one device is meant.',
    kind: { usb: 'A USB device', mass_storage: 'Every disk and stick', card: 'Every memory card', optical: 'Every disc', mtp: 'Every telephone (MTP)', ptp: 'Every camera (PTP)', bluetooth: 'Every Bluetooth line' },
  },
  transfers: {
    legend: 'Programs that send files', intro: 'Such as curl, scp, rsync and rclone, with the host; and files that browsers, mail and chat programs open. A browser says to nobody where it sends a file, so that such a read is told as possible.', uploads: 'Tell of files that browsers, mail and chat programs open',
    knownDestinations: 'Destinations of the organisation', allowedPrograms: 'Allowed programs', badDestination: 'A host such as backup.example.org, .example.org for all below it, or s3://bucket; no path and no user name.', badProgram: 'Names of program files only: letters, digits, dot, dash, plus and space.',
  },
  groups: {
    title: 'Watch settings', intro: 'What the agents of a device group watch. Saving compiles, signs and pushes a new agent policy; devices apply it without a restart.', table: 'Device groups', column: { name: 'Group', devices: 'Devices', revision: 'Agent policy', roots: 'Watched folders' }, never: { title: 'No group yet', body: 'A group comes into being with its first device or enrolment code.' }, roots: 'Watched folders', rootsHint: 'One path a line.', excludes: 'Excluded', excludesHint: 'Paths or patterns, one a line. They apply before anything is watched.', removableRoots: 'Removable media are mounted under',
    networkShareRoots: 'Network shares are mounted under', cloudSyncRoots: 'Cloud-sync folders', hashLimit: 'Hash files up to (MiB)', pollInterval: 'Poll settings every (s)', heartbeatInterval: 'Report every (s)', silentAfter: 'Silent after missed reports', spoolMax: 'Spool on the device, at most (MiB)', cpuLimit: 'The agent under load, at most (% of one core)', memoryLimit: 'Memory of the agent, at most (MiB)', saved: 'Saved as revision {{version}}', savedBody_one: 'It is on its way to {{count}} device.', savedBody_other: 'It is on its way to {{count}} devices.', rollout: 'Roll-out of revision {{version}}', running: '{{running}} of {{total}} devices run it', noDevices: 'No device in this group yet.', device: 'Device', wantedRunning: 'Wanted / running', places: 'Where', limits: 'Limits', unsaved: 'Not saved yet', integer: 'A whole number from {{min}} to {{max}}.', readOnly: 'Your roles may read these settings, not change them.',
  },
} as const
