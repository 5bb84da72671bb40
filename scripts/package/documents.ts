// Texts that every package carries: copyright, changelog, manual page.
import type { Product } from './product.ts'
import type { Tree } from './tree.ts'

/** Source: Debian's machine-readable copyright format 1.0; what is bundled is summed up by licence, in full in the bill of materials. */
export function copyright(product: Product, tree: Tree): string {
  const byLicense = Map.groupBy(tree.components, ({ license }) => license)
  const bundled = [...byLicense].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([license, components]) => ` ${license}: ${components.map(({ name, version }) => `${name} ${version}`).join(', ')}`)
  return `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Holdfast

Files: *
Copyright: 2026 the authors of Holdfast
License: Apache-2.0
 On Debian systems the full text is in /usr/share/common-licenses/Apache-2.0.
Comment: ${product.package} carries Node.js ${tree.nodeVersion} (MIT)${tree.natsVersion === undefined ? '' : `, nats-server ${tree.natsVersion} (Apache-2.0)`} and these
 libraries, each under its own licence; sbom.cdx.json beside this file lists them
 one by one:
 .
${bundled.join('\n')}
`
}

const stamp = (epochSecs: number): string => new Date(epochSecs * 1000).toUTCString().replace('GMT', '+0000')

/** Source: deb-changelog(5). */
export const changelog = (product: Product, version: string, epochSecs: number, maintainer: string): string => `${product.package} (${version}) stable; urgency=medium

  * Release ${version}.

 -- ${maintainer}  ${stamp(epochSecs)}
`

/** roff of one page; `body` are [heading, text]. */
export function manual(product: Product, version: string, epochSecs: number): string {
  const date = new Date(epochSecs * 1000).toISOString().slice(0, 10)
  const { command } = product
  const [use, files] = product.name === 'agent'
    ? [['enrol', 'run', 'status', 'doctor', 'what-is-collected', 'unenrol', 'upgrade'], ['/etc/holdfast-agent/agent.yaml', '/var/lib/holdfast-agent', '/run/holdfast-agent/what-is-collected.json']]
    : [['init', 'serve', 'enrolment-code', 'device', 'policy', 'alert', 'case', 'audit', 'export'], ['/etc/default/holdfast', '/etc/holdfast/setup-code', '/var/lib/holdfast/holdfast.yaml']]
  const dash = (text: string): string => text.replaceAll('-', String.raw`\-`)
  return `.TH ${command.toUpperCase()} 8 "${date}" "Holdfast ${version}" "Holdfast"
.SH NAME
${dash(command)} ${String.raw`\-`} ${product.summary}
.SH SYNOPSIS
.B ${dash(command)}
.I command
.RI [ options ]
.SH DESCRIPTION
${product.description.replaceAll(/\n/g, ' ')}
.PP
${dash(command)} ${String.raw`\-\-help`} lists the commands; each has a ${String.raw`\-\-help`} of its own. Most used:
${use.map((name) => `.br\n.B ${dash(name)}`).join('\n')}
.SH FILES
${files.map((path) => `.br\n.I ${dash(path)}`).join('\n')}
`
}
