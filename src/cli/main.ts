#!/usr/bin/env node
import { defineCommand, runMain } from 'citty'
import manifest from '../../package.json' with { type: 'json' }
import { showUsage } from './show-usage.js'

const main = defineCommand({
  meta: { name: 'prelabel', version: manifest.version, description: manifest.description },
  subCommands: {
    start: () => import('./start.js').then(({ start }) => start),
    predict: () => import('./predict.js').then(({ predict }) => predict),
    types: () => import('./types.js').then(({ types }) => types),
    validate: () => import('./validate.js').then(({ validate }) => validate),
  },
})

await runMain(main, { showUsage })
// A command that is done ends the process, whatever its backend's file left open: connections, timers, a server.
if (process.exitCode !== undefined) {
  await Promise.all([flushed(process.stdout), flushed(process.stderr)])
  process.exit()
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()))
}
