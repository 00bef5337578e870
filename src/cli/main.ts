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
