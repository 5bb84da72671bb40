export const honesty = {
  sees: {
    files: 'Files being created, changed, copied, renamed, packed and deleted in watched places', 'removable-media': 'Sticks, cards, phones and discs that come and go', 'security-features': 'Protection of the device being switched on, off or weakened', applications: 'Applications, packages and extensions being installed, updated and removed', processes: 'Programs that the policy names, and programs that send files', printing: 'Documents being printed',
    what: 'What it sees', whyFix: 'Why not more, and what to do', restarts: 'Restarts', less: 'sees less', filterLess: 'Sees less than it should', filterDrill: 'Fire drill', neverDrill: 'Never had one', failedDrill: 'Did not pass',
  },
  drill: {
    title: 'Last fire drill', column: 'Fire drill', states: { never: 'never', running: 'running', passed: 'passed', failed: 'not passed', stopped: 'stopped' },
    never: 'This device never had a fire drill, so nobody has seen that what happens on it arrives here. Run this on it as root; it takes a few seconds and takes everything back:', running: 'A drill began and has not told its end yet.', again: 'Again, on the device as root:',
    intro: 'Harmless real acts of the agent’s own, and how long each took from the act until it was safe on the device, stored here, scored, and part of an alert. They count for nobody.',
    signal: 'Signal', outcome: 'Outcome', durable: 'On disk', stored: 'Stored', scored: 'Scored', alerted: 'Alert', why: 'Why, and what to do',
    outcomes: { alerted: 'alert', scored: 'scored', stored: 'stored only', kept: 'not sent', missed: 'missed', not_done: 'not done', not_expected: 'not expected' }, unconfirmed: 'The device says so, and nothing of it arrived here. Look at the device itself.', would: '{{policy}}, score {{score}}', seconds: '{{value}} s',
  },
  watching: {
    places: 'Folders', media: 'Removable media mounted under', shares: 'Network shares', clouds: 'Cloud folders', kinds: 'File activity', excludes: 'Left out', features: 'Security features', everyFeature: 'every one that the agent knows', applications: 'Applications from', everySource: 'every source that the agent knows', programs: 'Programs whose first run is told', transfers: 'Programs that send files', uploads: 'Files that browsers and mail programs open', printing: 'Print jobs', inspection: 'Content looked into', everyType: 'every sensitive information type', evidence: 'Copies kept as evidence when they go to', warnings: 'Warnings on the device', rules_one: '{{count}} rule', rules_other: '{{count}} rules',
    hash: 'Hashes of files up to', poll: 'Settings read every', heartbeat: 'Reports every', secs: '{{count}} s', names_one: '{{count}} name', names_other: '{{count}} names', more: 'and {{count}} more', nothing: 'not watched', raw: 'As signed, in JSON',
  },
  support: {
    title: 'What can be seen on this system', intro: 'What the agent of this release sees on {{system}}, each by the test that shows it; what this device really sees stands above.', open: 'Show', signal: 'Signal', shown: 'Shown by', systems: { linux: 'Linux', darwin: 'macOS', win32: 'Windows' },
    states: { real: 'the thing itself', recorded: 'a recording', untested: 'not shown', linuxOnly: 'not seen', never: 'never looked at' },
    hints: { recorded: 'Documented output of the system, or a device or desktop that is played.', untested: 'Built for it; no test has run there.', linuxOnly: 'The sensor runs on Linux only; import the alerts of the product that watches this system.', never: 'By its making.' },
    signals: {
      copies: 'Copies to removable media, with source and who did it', traced: 'Copies traced through renames, copies and archives', clouds: 'Copies to cloud folders', files: 'Files created, changed, renamed, hidden and deleted', withoutRoot: 'Files without root: the owner in the place of who did it', archives: 'Archives, with what is in them', staged: 'Many files gathered in one folder', downloads: 'Where a downloaded file came from', uploads: 'Files that browsers open, as possible uploads', transfers: 'Files that transfer tools send, and where to',
      runs: 'First runs of programs that the policy names', prints: 'Print jobs', sticks: 'Sticks that are connected and taken out', volumes: 'Volumes that are mounted and unmounted', telephones: 'Telephones and cameras', features: 'Security features that are switched off or weakened', applications: 'Applications and packages', content: 'Sensitive content counted, and labels that are lowered or removed', notices: 'A notice to the person on the desktop', never: 'Screenshots, clipboard, keys, camera, microphone, place',
    },
  },
} as const
