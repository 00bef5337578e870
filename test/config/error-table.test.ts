/** Every example in docs/errors/config.md raises the code that it stands for. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as library from '../../src/config/index.js'
import { PrelabelError } from '../../src/errors.js'

const { checkConfig, compareConfigs, parseConfig } = library
const page = readFileSync(new URL('../../docs/errors/config.md', import.meta.url), 'utf8')

/** Rows of the table below a heading, by the names of its columns. */
function rowsOf(heading: string): Record<string, string>[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? ''
  const [columns = [], , ...rows] = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').slice(1, -1))
  return rows.map((cells) => Object.fromEntries(columns.map((name, i) => [name.trim(), cells[i] ?? ''])))
}

/** What stands in backticks. */
function codeIn(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)
}

/** A whole config from what may be a part of one, or an expression that makes one. */
function configOf(example: string): string {
  if (example.startsWith("'")) return String(evaluate(example))
  return /^\s*<[?!]|^<View\b/.test(example) ? example : `<View><Text name="t" value="$t"/>${example}</View>`
}

function evaluate(expression: string): unknown {
  const xml = '<View><Text name="t" value="$t"/><Labels name="c" toName="t"><Label value="Car"/></Labels></View>'
  const scope = { ...library, control: library.findControl(parseConfig(xml), 'c') }
  return new Function(...Object.keys(scope), `return ${expression}`)(...Object.values(scope))
}

/** One case for each example of a table. */
function examplesOf(heading: string): { code: string; example: string }[] {
  return rowsOf(heading).flatMap(({ Code, Example }) =>
    codeIn(Code).flatMap((code) => codeIn(Example).map((example) => ({ code, example }))),
  )
}

describe('docs/errors/config.md', () => {
  const headings = ['Errors', 'Warnings', 'Differences of two configs', 'What is thrown']

  it.each(headings)('%s: each row has one code, an example and what to do', (heading) => {
    const rows = rowsOf(heading)
    expect(rows.length).toBeGreaterThan(3)
    for (const row of rows) {
      expect(codeIn(row.Code)).toHaveLength(1)
      expect(codeIn(row.Example ?? row.Sent)).not.toEqual([])
      expect(row['What to do']?.trim()).not.toBe('')
    }
  })

  it.each(examplesOf('Errors'))('error $code: $example', ({ code, example }) => {
    const { config, issues } = checkConfig(configOf(example))
    expect(config).toBeUndefined()
    expect(issues).toContainEqual(expect.objectContaining({ code, severity: 'error' }))
  })

  it.each(examplesOf('Warnings'))('warning $code: $example', ({ code, example }) => {
    const { config, issues } = checkConfig(configOf(example))
    expect(config).toBeDefined()
    expect(issues).toContainEqual(expect.objectContaining({ code, severity: 'warning' }))
  })

  it.each(rowsOf('Differences of two configs'))('$Severity $Code: $Sent for $["Written for"]', (row) => {
    const [written = ''] = codeIn(row['Written for'])
    const [sent = ''] = codeIn(row.Sent)
    const [code] = codeIn(row.Code)
    const differences = compareConfigs(parseConfig(configOf(written)), parseConfig(configOf(sent)))
    expect(differences).toContainEqual(expect.objectContaining({ code, severity: row.Severity?.trim() }))
  })

  it.each(examplesOf('What is thrown'))('thrown $code: $example', ({ code, example }) => {
    expect(() => evaluate(example)).toThrow(PrelabelError)
    expect(() => evaluate(example)).toThrow(expect.objectContaining({ code }))
  })
})
