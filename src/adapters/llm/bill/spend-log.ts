import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { addSpend, nothing, type Spend } from './spend.js'

/** Remembers across restarts what was spent on each day. */
export interface SpendLog {
  /** @param date `2026-11-22`, by UTC */
  spentOn(date: string): Promise<Spend>
  add(date: string, spend: Spend): Promise<void>
}

const entry = z.object({ date: z.string(), cost: z.number(), tokens: z.number(), requests: z.number() })

/**
 * A log in a file, one JSON object a line; lines are only ever added, so several processes may share it. A line that
 * was cut off by a crash is passed over.
 */
export function fileSpendLog(path: string): SpendLog {
  return {
    async spentOn(date) {
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
        throw error
      })
      return text.split('\n').reduce((sum, line) => {
        const read = entry.safeParse(parseLine(line))
        return read.success && read.data.date === date ? addSpend(sum, read.data) : sum
      }, nothing)
    },
    async add(date, spend) {
      await mkdir(dirname(path), { recursive: true })
      await appendFile(path, `${JSON.stringify({ date, ...spend })}\n`)
    },
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
