// One table for how a severity looks. Colour never stands alone: the mark and the word say the same.
import type { AlertView } from '@holdfast/collector/contract'

export type Severity = AlertView['severity']

export interface SeverityLook {
  readonly mark: '◆' | '▲' | '●'
  /** Background under white text, at least 5.9:1. */
  readonly fill: string
  /** Bubbles on the light and on the dark panel. */
  readonly chart: { readonly light: string; readonly dark: string }
  readonly symbol: 'diamond' | 'triangle' | 'circle'
}

export const severityLooks: Readonly<Record<Severity, SeverityLook>> = {
  high: { mark: '◆', fill: '#b42318', chart: { light: '#b42318', dark: '#ff8a80' }, symbol: 'diamond' },
  medium: { mark: '▲', fill: '#a04100', chart: { light: '#a04100', dark: '#f0a35e' }, symbol: 'triangle' },
  low: { mark: '●', fill: '#1864ab', chart: { light: '#1864ab', dark: '#74b9f5' }, symbol: 'circle' },
}

/** Worst first, the order of every list and legend. */
export const SEVERITIES: readonly Severity[] = ['high', 'medium', 'low']
