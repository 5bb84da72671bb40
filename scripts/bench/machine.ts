// What it was measured on; no names of it.
import { cpus, loadavg, release, totalmem } from 'node:os'

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGb: number
  readonly kernel: string
  readonly node: string
  readonly load1: number
  readonly measuredAt: string
}

export const machine = async (): Promise<Machine> => ({
  cpu: cpus()[0]?.model.trim() ?? '?', cores: cpus().length, memoryGb: Math.round(totalmem() / 1024 ** 3), kernel: `${process.platform} ${release().split('-')[0] ?? ''}`, node: process.version,
  load1: Number((loadavg()[0] ?? 0).toFixed(2)), measuredAt: new Date().toISOString().slice(0, 10),
})
