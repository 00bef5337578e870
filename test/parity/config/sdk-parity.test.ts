import { describe, expect, it } from 'vitest'
import { checkConfig, type LabelingConfig } from '../../../src/config/index.js'
import { readLines, readTemplate, sharedData } from './shared-data.js'

/** What the Python SDK's LabelInterface read from one of Label Studio's own configs. */
interface SdkReading {
  readonly file: string
  readonly error: string | null
  readonly config_valid?: boolean
  readonly controls?: readonly SdkControl[]
  readonly objects?: readonly { readonly name: string; readonly tag: string; readonly value: string | null }[]
}

interface SdkControl {
  readonly name: string
  readonly tag: string
  readonly to_name: readonly string[]
  readonly labels: readonly string[]
  readonly dynamic: boolean
}

/** Where the library reads otherwise than the SDK, and why. Each must be met, so that none outlives its reason. */
const DIFFERENCES = {
  objects: 'the SDK takes an option with `name` and `value` for an object',
  'Chat: tag': 'the SDK calls the control of <Chat> by a tag of its own, `ChatMessage`',
  'Chat: dynamic': 'the SDK takes any value="$…" for labels that come with the task; <Chat> has none',
  'Labels: labels': 'the SDK keeps the empty label of `<Label value="">`; nothing can be labelled with it',
  'Ranker: labels': 'buckets are what a ranker says; the SDK has no place for them',
  'Choices: labels': 'for the same reason it loses the labels of such options; the editor keeps them',
  'HyperText: tag': 'the editor reads tags in any case, so they get Label Studio’s spelling',
}

const readings = readLines<SdkReading>('parsed.jsonl')

describe.runIf(sharedData)('Label Studio’s own configs', () => {
  it.each(readings)('$file is refused or taken as by the SDK', (reading) => {
    const { config } = checkConfig(readTemplate(reading.file))
    expect(config !== undefined).toBe(reading.config_valid === true)
  })

  it('have the names, tags, objects and labels that the SDK reads', () => {
    const met = new Set<string>()
    let controls = 0
    for (const reading of readings) {
      const { config } = checkConfig(readTemplate(reading.file))
      if (config === undefined) continue
      for (const { key, ours, theirs } of compare(config, reading)) {
        if (JSON.stringify(ours) === JSON.stringify(theirs)) continue
        expect({ file: reading.file, key, ours, theirs, reason: Reflect.get(DIFFERENCES, key) }).toHaveProperty(
          'reason',
          expect.any(String),
        )
        met.add(key)
      }
      controls += config.controls.size
    }
    expect([...met].sort()).toEqual(Object.keys(DIFFERENCES).sort())
    expect(controls).toBeGreaterThan(300)
  })
})

interface Pair {
  /** The library's tag and what is compared. */
  readonly key: string
  readonly ours: unknown
  readonly theirs: unknown
}

function compare(config: LabelingConfig, { controls = [], objects = [] }: SdkReading): Pair[] {
  const pairs: Pair[] = [
    { key: 'controls', ours: [...config.controls.keys()].sort(), theirs: controls.map(({ name }) => name).sort() },
    { key: 'objects', ours: [...config.objects.keys()].sort(), theirs: objects.map(({ name }) => name).sort() },
  ]
  for (const theirs of controls) {
    const ours = config.controls.get(theirs.name)
    const tag = ours?.tag ?? theirs.tag
    pairs.push(
      { key: `${tag}: tag`, ours: ours?.tag, theirs: theirs.tag },
      { key: `${tag}: toName`, ours: ours?.toName, theirs: theirs.to_name },
      { key: `${tag}: labels`, ours: ours?.labels, theirs: theirs.labels },
      // The SDK takes the value of any control for labels; a TextArea's is its first text.
      { key: `${tag}: dynamic`, ours: ours?.openVocabulary === true, theirs: theirs.dynamic && tag !== 'TextArea' },
    )
  }
  for (const theirs of objects) {
    const ours = config.objects.get(theirs.name)
    if (ours === undefined) continue
    pairs.push(
      { key: `${ours.tag}: tag`, ours: ours.tag, theirs: theirs.tag },
      { key: `${ours.tag}: value`, ours: ours.value, theirs: theirs.value ?? '' },
    )
  }
  return pairs
}
