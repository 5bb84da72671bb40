export const enrolment = {
  enrolment: {
    approval: 'Ask for approval', approvalHint: 'A device that comes with this code gets nothing until somebody approves it here. For codes that many people know.', needed: 'needs approval',
    package: 'Package', deb: 'Debian, Ubuntu (.deb)', rpm: 'Red Hat, SUSE (.rpm)', tar: 'Other Linux (.tar.gz)', pkg: 'macOS (.pkg)', msi: 'Windows (.msi)', installed: 'Agent is installed',
    note: { deb: 'As root, in the folder of the package.', rpm: 'As root, in the folder of the package.', tar: 'As root, in the folder of the archive.', pkg: 'In a Terminal, in the folder of the package.', msi: 'In a PowerShell window as administrator, in the folder of the package.', installed: 'As root or administrator. The code stands in no list of processes.' },
    pin: 'The code holds the pin of this installation’s certificate authority: a device that reaches another collector, or one that reads along, stops before it says anything.', before: 'Whether the device reaches this collector, before anything is installed on many:',
    stepApproval: 'Approved: see Waiting for approval, below this window',
    queue: 'Waiting for approval', queueIntro: 'These devices came with a code that asks for approval. They have no credential yet and send nothing. Compare the end of the key with what holdfast-agent status shows on the device.', nobody: 'Nobody waits.',
    device: 'Device', key: 'Key ends in', from: 'Asked from', since: 'Since', until: 'Until', known: 'This computer was a device before', chooseAll: 'Choose every device shown', choose: 'Choose {{hostname}}', approve: 'Approve', refuse: 'Refuse', approveMany_one: 'Approve {{count}} device', approveMany_other: 'Approve {{count}} devices', refuseMany_one: 'Refuse {{count}} device', refuseMany_other: 'Refuse {{count}} devices',
    more: '{{shown}} of {{total}} are shown, the oldest first.', note_label: 'Note for the audit log', noteHint: 'Such as who vouched for the devices.', notDone_one: '{{count}} had been decided on meanwhile.', notDone_other: '{{count}} had been decided on meanwhile.',
  },
} as const
