import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// `pnpm dev` talks to a running collector: HOLDFAST_DEV_COLLECTOR=https://localhost:8443
const collector = process.env['HOLDFAST_DEV_COLLECTOR'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react()],
  base: '/',
  build: {
    outDir: 'dist',
    // For the test that holds the first load under its budget.
    manifest: 'manifest.json',
    target: 'es2024',
    // A data: URL would need an exception in the Content-Security-Policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': { target: collector, ws: true, secure: false } } },
})
