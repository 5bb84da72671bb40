// The bill of materials: CycloneDX 1.6 JSON of exactly what is in the package, from the copied folders themselves.
import { createHash } from 'node:crypto'
import type { Product } from './product.ts'
import type { Tree } from './tree.ts'

/** `@nats-io/nkeys` 2.0.3 -> `pkg:npm/%40nats-io/nkeys@2.0.3` (package-url). */
export const purl = (name: string, version: string): string => `pkg:npm/${name.replace('@', '%40')}@${version}`

/** A UUID that only depends on what it names, so that the same source gives the same document. */
function serialOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const licenses = (license: string): object[] => (license === 'NOASSERTION' ? [] : /[ ()]/.test(license) ? [{ expression: license }] : [{ license: { id: license } }])

/** Source: CycloneDX 1.6, JSON. */
export function billOfMaterials(product: Product, version: string, tree: Tree, epochSecs: number): object {
  const root = { type: 'application', 'bom-ref': product.package, name: product.package, version, licenses: licenses('Apache-2.0') }
  const components = [
    { type: 'application', 'bom-ref': 'node', name: 'node', version: tree.nodeVersion, purl: `pkg:generic/node@${tree.nodeVersion}`, licenses: licenses('MIT') },
    ...(tree.natsVersion === undefined ? [] : [{ type: 'application', 'bom-ref': 'nats-server', name: 'nats-server', version: tree.natsVersion, purl: `pkg:golang/github.com/nats-io/nats-server/v2@v${tree.natsVersion}`, licenses: licenses('Apache-2.0') }]),
    ...tree.components.map(({ name, version: at, license, path }) => ({ type: 'library', 'bom-ref': path, name, version: at, purl: purl(name, at), licenses: licenses(license) })),
  ]
  return {
    bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber: serialOf(`${product.package} ${version} ${JSON.stringify(components)}`), version: 1,
    metadata: { timestamp: new Date(epochSecs * 1000).toISOString(), component: root },
    components,
    dependencies: [{ ref: product.package, dependsOn: components.map((component) => component['bom-ref']) }],
  }
}
