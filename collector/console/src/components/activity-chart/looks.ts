// How a bubble looks, by its category or by its risk level. Colour never stands alone: shape and word say the same.
import { SEVERITIES, severityLooks, type Severity } from '../../theme/severity.ts'

export type Scheme = 'light' | 'dark'
export const CATEGORIES = ['exfiltration', 'collection', 'obfuscation', 'deletion', 'infiltration', 'security', 'access', 'context', 'agent'] as const
export type Category = (typeof CATEGORIES)[number]

export interface Look {
  /** In words and in the legend. */
  readonly mark: string
  /** ECharts' name or path of the same shape. */
  readonly symbol: string
  /** At least 3:1 on the panel of either scheme. */
  readonly light: string
  readonly dark: string
}

const DOWN = 'path://M0,0 L10,0 L5,10 Z'
const STAR = 'path://M5,0 L6.2,3.5 L10,3.6 L7,5.8 L8.1,9.5 L5,7.3 L1.9,9.5 L3,5.8 L0,3.6 L3.8,3.5 Z'
const HEXAGON = 'path://M2.5,0 L7.5,0 L10,4.5 L7.5,9 L2.5,9 L0,4.5 Z'

export const categoryLooks: Readonly<Record<Category, Look>> = {
  exfiltration: { mark: '◆', symbol: 'diamond', light: '#b42318', dark: '#ff8a80' },
  collection: { mark: '●', symbol: 'circle', light: '#1864ab', dark: '#74b9f5' },
  obfuscation: { mark: '▲', symbol: 'triangle', light: '#7b3ab3', dark: '#c9a3f5' },
  deletion: { mark: '■', symbol: 'rect', light: '#a04100', dark: '#f0a35e' },
  infiltration: { mark: '★', symbol: STAR, light: '#5c6a00', dark: '#c0d060' },
  security: { mark: '⬢', symbol: HEXAGON, light: '#087f5b', dark: '#63e6be' },
  access: { mark: '▼', symbol: DOWN, light: '#0b7285', dark: '#66d9e8' },
  context: { mark: '○', symbol: 'emptyCircle', light: '#5f676e', dark: '#a6adb4' },
  agent: { mark: '□', symbol: 'emptyRect', light: '#5f676e', dark: '#a6adb4' },
}

export const LEVELS = [...SEVERITIES, 'none'] as const
export type Level = Severity | 'none'

const ofSeverity = (severity: Severity): Look => ({ mark: severityLooks[severity].mark, symbol: severityLooks[severity].symbol, ...severityLooks[severity].chart })
export const levelLooks: Readonly<Record<Level, Look>> = { high: ofSeverity('high'), medium: ofSeverity('medium'), low: ofSeverity('low'), none: { mark: '○', symbol: 'emptyCircle', light: '#6f7880', dark: '#9aa3ab' } }

export const MARKERS = ['trigger', 'policy', 'alert', 'decision', 'case'] as const
export type MarkerKind = (typeof MARKERS)[number]
export const markerLooks: Readonly<Record<MarkerKind, Look>> = {
  trigger: { mark: '▼', symbol: DOWN, light: '#8a1c5a', dark: '#f3a0cf' },
  policy: { mark: '■', symbol: 'rect', light: '#5f676e', dark: '#a6adb4' },
  alert: { mark: '◆', symbol: 'diamond', light: '#b42318', dark: '#ff8a80' },
  decision: { mark: '●', symbol: 'circle', light: '#087f5b', dark: '#63e6be' },
  case: { mark: '▲', symbol: 'triangle', light: '#1864ab', dark: '#74b9f5' },
}
