// `pnpm fault`: breaks things on purpose and checks that nothing is lost. The faults stand in test/faults/.
//
// Named through a URL and not imported: tests may use scripts, scripts do not use tests.
await import(new URL('../test/faults/main.ts', import.meta.url).href)
