import { describe, expect, it } from 'vitest'
import { checkConfig } from '../../../src/config/index.js'
import { readLines, sharedData } from './shared-data.js'

/** What a running Label Studio and its SDK said of a config. */
interface EdgeCase {
  readonly name: string
  readonly config: string
  readonly sdk: {
    readonly ok: boolean
    readonly controls?: readonly {
      readonly name: string
      readonly tag: string
      readonly to_name: readonly string[]
      readonly labels: readonly string[]
    }[]
  }
  readonly ls_validate_api: { readonly status: number }
}

/** Cases in which the SDK reads other controls than the library, and why. The verdicts are the same in all. */
const OTHER_READING: Readonly<Record<string, string>> = {
  'lower case tags': 'the editor reads tags in any case; the SDK keeps the case and loses the labels: warned of',
  'upper case tags': 'the editor reads tags in any case; the SDK keeps the case and loses the labels: warned of',
  'namespace prefix': 'the SDK spells the tag with its namespace',
  'default namespace': 'the SDK spells tags with their namespace and loses the labels: warned of',
}

const cases = readLines<EdgeCase>('xml_edge_cases.jsonl')

describe.runIf(sharedData)('awkward XML', () => {
  it.each(cases)('$name: the verdict of Label Studio', ({ config, ls_validate_api }) => {
    expect(checkConfig(config).config !== undefined).toBe(ls_validate_api.status === 204)
  })

  it('is read as the SDK reads it', () => {
    const others = cases.filter(({ config: xml, sdk }) => {
      const { config } = checkConfig(xml)
      if (config === undefined || !sdk.ok) return false
      const ours = [...config.controls.values()].map(({ name, tag, toName, labels }) => [name, tag, toName, labels])
      const theirs = sdk.controls?.map(({ name, tag, to_name, labels }) => [name, tag, to_name, labels])
      return JSON.stringify(ours) !== JSON.stringify(theirs)
    })
    expect(others.map(({ name }) => name).sort()).toEqual(Object.keys(OTHER_READING).sort())
  })

  it('is warned of wherever the SDK and the editor read it differently', () => {
    for (const { name, config } of cases)
      if (name in OTHER_READING) expect(checkConfig(config).issues, name).not.toEqual([])
  })
})
