import { afterAll, beforeAll, beforeEach } from 'vitest'
import { type LabelStudio, startLabelStudio } from './label-studio.js'

/**
 * A Label Studio for the tests of this file or group. When a hook or a test fails, the end of its log is printed.
 *
 * @param settings environment variables besides the usual ones, such as feature flags
 * @param prefix where a proxy has it, with its slash: `/ls`
 * @returns it, from within hooks and tests
 */
export function useLabelStudio(settings?: Readonly<Record<string, string>>, prefix?: string): () => LabelStudio {
  let labelStudio: LabelStudio | undefined
  let hasTested = false
  const printLog = async (failed: string) => {
    if (labelStudio === undefined) return
    process.stderr.write(`\nLabel Studio's log when ${failed} failed:\n${await labelStudio.logTail()}\n`)
  }
  beforeAll(async () => {
    labelStudio = await startLabelStudio(settings, prefix)
  })
  afterAll(async () => {
    if (!hasTested) await printLog('a hook')
    await labelStudio?.stop()
  })
  beforeEach(({ onTestFailed, task }) => {
    hasTested = true
    onTestFailed(() => printLog(`"${task.name}"`))
  })
  return () => {
    if (labelStudio === undefined) throw new Error('Label Studio is not running yet')
    return labelStudio
  }
}
