#!/usr/bin/env node
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 12)) {
  console.error(`error: presync needs Node 22.12 or later, and this is ${process.version}`);
  process.exit(2);
}

// Imported only now: an older Node could not even read what follows.
const { enableCompileCache } = await import('node:module');
const { cacheFolder } = await import('./shared/cache-folder.ts');
enableCompileCache(`${cacheFolder()}/compiled`);
const { main } = await import('./commands/main.ts');
const { createTerminal } = await import('./commands/terminal.ts');
process.exitCode = await main(process.argv.slice(2), createTerminal());
