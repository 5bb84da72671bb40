// Colours and shape of the console. Each override of a Mantine default answers a contrast failure that axe measured.
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

const harbour: MantineColorsTuple = ['#e6f6f7', '#cdeaec', '#9fd6da', '#6dc0c6', '#45adb4', '#2597a0', '#14808a', '#0c6670', '#0a525a', '#073c42']

export const theme = createTheme({
  primaryColor: 'harbour',
  primaryShade: 7,
  colors: { harbour },
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.375rem' }, h2: { fontSize: '1.0625rem' }, h3: { fontSize: '0.9375rem' } } },
  cursorType: 'pointer',
})

/** Mantine's own dimmed grey is 4.03:1 in the dark scheme; AA wants 4.5:1. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#565d64',
    '--mantine-color-placeholder': '#5f666d',
    '--mantine-color-anchor': '#0a5a64',
    '--mantine-color-error': '#b42318',
    '--hf-page': '#f5f7f8',
    '--hf-panel': '#ffffff',
    '--hf-line': '#dde3e6',
    '--hf-nav-active': '#dcf0f2',
    '--hf-nav-active-text': '#073c42',
    '--hf-track': '#e4e9ec',
  },
  dark: {
    '--mantine-color-dimmed': '#b0b3b8',
    '--mantine-color-placeholder': '#a6a9ae',
    '--mantine-color-anchor': '#7fd6dd',
    '--mantine-color-error': '#ff9d92',
    '--mantine-color-body': '#16191c',
    '--hf-page': '#111417',
    '--hf-panel': '#1a1e22',
    '--hf-line': '#2e353b',
    '--hf-nav-active': '#0f3d43',
    '--hf-nav-active-text': '#d6f3f5',
    '--hf-track': '#333a41',
  },
})
