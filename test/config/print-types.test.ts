import { describe, expect, it } from 'vitest'
import { printTypes } from '../../src/config/index.js'

describe('printTypes', () => {
  it('writes the shape that a literal would have', () => {
    const xml = `<View><Image name="img" value="$image"/><Image name="pages" valueList="$pages"/>
      <Text name="t" value="$doc.body"/><TimeSeries name="ts" value="$series" valueType="json"/>
      <RectangleLabels name="box" toName="img,pages"><Label value="Car"/><Label value='"quoted"'/></RectangleLabels>
      <Choices name="c" toName="t" choice="multiple" value="$options"/><Rating name="r_{{idx}}" toName="t"/></View>`
    expect(printTypes(xml, 'Labels')).toBe(`/** The labeling config as types; written by \`prelabel types\`. */
export type Labels = {
  data: {
    "image": string
    "pages": readonly string[]
    "doc": unknown
    "series": Record<string, readonly (number | string)[]>
  }
  objects: {
    "img": "Image"
    "pages": "Image"
    "t": "Text"
    "ts": "TimeSeries"
  }
  controls: {
    "box": { tag: "RectangleLabels"; to: "img" | "pages"; option: "Car" | "\\"quoted\\""; many: false }
    "c": { tag: "Choices"; to: "t"; option: string; many: true }
    [name: \`r_\${number}\`]: { tag: "Rating"; to: "t"; option: never; many: false }
  }
}
`)
  })

  it('writes empty parts', () => {
    expect(printTypes('<View/>')).toContain('data: {}\n  objects: {}\n  controls: {}')
  })

  it('refuses what is no config', () => {
    expect(() => printTypes('<View>')).toThrow(expect.objectContaining({ code: 'invalid-config' }))
  })
})
