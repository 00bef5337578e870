import { spawnSync } from 'node:child_process'

/** Running children of this process. */
export function childrenNamed(names: readonly string[]): string[] {
  const listed = spawnSync('ps', ['--ppid', String(process.pid), '-o', 'comm='], { encoding: 'utf8' }).stdout
  return listed.split('\n').filter((name) => names.includes(name.trim()))
}
