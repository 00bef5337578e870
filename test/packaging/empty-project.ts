import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** A user's folder with the packed library in it, not yet installed. */
export interface EmptyProject {
  readonly folder: string
  /** Name of the packed library in it. */
  readonly tarball: string
  /** Runs a command there. @returns what it wrote; it throws with it when the command fails */
  run(command: string, ...args: readonly string[]): string
  write(path: string, text: string): void
  remove(): void
}

export function createEmptyProject(): EmptyProject {
  const folder = mkdtempSync(join(tmpdir(), 'prelabel-user-'))
  const runIn = (cwd: string, command: string, args: readonly string[]) =>
    execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  const [{ filename }] = JSON.parse(runIn(root, 'npm', ['pack', '--json', '--pack-destination', folder])) as [
    { filename: string },
  ]
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  write('package.json', '{ "type": "module", "private": true }')
  write('.npmrc', 'ignore-scripts=true\naudit=false\nfund=false\n')
  return {
    folder,
    tarball: filename,
    run: (command, ...args) => runIn(folder, command, args),
    write,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** What a command that failed has written. */
export function outputOf(error: unknown): string {
  const { stdout, stderr } = Object(error) as { readonly stdout?: unknown; readonly stderr?: unknown }
  return `${stdout ?? ''}${stderr ?? ''}`.trim() || String(error)
}
