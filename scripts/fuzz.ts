// `pnpm fuzz`: gives everything that reads bytes from outside inputs that nobody sends. The targets stand in test/fuzz/.
//
// Named through a URL and not imported: tests may use scripts, scripts do not use tests.
await import(new URL('../test/fuzz/main.ts', import.meta.url).href)
