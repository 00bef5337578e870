import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ArgsDef, type CommandDef, runCommand } from 'citty'
import { onTestFinished, vi } from 'vitest'

/** What a command said, and the exit code it set. */
export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command of the command line in this process. */
export async function runCli<A extends ArgsDef>(command: CommandDef<A>, rawArgs: string[]): Promise<Ran> {
  const said = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += String(text)
      return true
    }),
  )
  try {
    await runCommand(command, { rawArgs })
    return { code: Number(process.exitCode ?? 0), ...said }
  } finally {
    for (const spy of spies) spy.mockRestore()
    process.exitCode = 0
  }
}

/** A folder with these files, gone after the test; returns its path. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'prelabel-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}
