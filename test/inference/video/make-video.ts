/** Videos made by the system's ffmpeg, in a folder that goes away with the tests. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'

/** False where there is no ffmpeg, which is then said. */
export const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0
if (!hasFfmpeg) console.info('SKIPPED: tests of videos need the program ffmpeg, which is not in PATH')

/** A folder for the videos of a test file. */
export function videoFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'prelabel-video-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const at = (name: string) => path.join(folder, name)
  /** @returns the path of the video */
  const make = (name: string, args: readonly string[]): string => {
    const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-y', ...args, at(name)], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`ffmpeg could not make ${name}: ${stderr}`)
    return at(name)
  }
  return { at, make }
}

/** Each picture is one grey, {@link GREY} brighter than the one before, without loss. */
export function greys(rate: string, count: number): string[] {
  const source = `color=c=black:s=32x24:r=${rate},format=gray,geq=lum='mod(N*${GREY},256)'`
  return ['-f', 'lavfi', '-i', source, '-frames:v', String(count), '-c:v', 'ffv1']
}
export const GREY = 4
