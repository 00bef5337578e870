import { describe, expect, it } from 'vitest'
import { compareConfigs, parseConfig } from '../../src/config/index.js'

const written = parseConfig(`<View><Image name="photo" value="$image"/>
  <RectangleLabels name="box" toName="photo"><Label value="Car"/><Label value="Bus" alias="bus"/></RectangleLabels>
  <Choices name="light" toName="photo" choice="multiple"><Choice value="Day"/><Choice value="Night"/></Choices></View>`)

const differences = (inner: string) =>
  compareConfigs(written, parseConfig(`<View>${inner}</View>`)).map(
    ({ severity, code, hint }) => `${severity} ${code}${hint === undefined ? '' : ` ${hint}`}`,
  )

const IMAGE = '<Image name="photo" value="$image"/>'
const BOX =
  '<RectangleLabels name="box" toName="photo"><Label value="Car"/><Label value="Bus" alias="bus"/></RectangleLabels>'
const LIGHT =
  '<Choices name="light" toName="photo" choice="multiple"><Choice value="Day"/><Choice value="Night"/></Choices>'

describe('compareConfigs', () => {
  it('finds nothing between a config and itself, whatever its layout', () => {
    expect(differences(`<Header value="x"/>${LIGHT}<View>${BOX}</View>${IMAGE}`)).toEqual([])
  })

  it.each([
    ['a missing control', `${IMAGE}${BOX}`, ['error missing-control']],
    [
      'a missing object',
      `<Text name="t" value="$t"/>`,
      ['error missing-object', 'error missing-control', 'error missing-control', 'warning extra-object'],
    ],
    [
      'a renamed control',
      `${IMAGE}${BOX.replace('"box"', '"boxes"')}${LIGHT}`,
      ['error renamed-control Is it "boxes" now?', 'warning extra-control'],
    ],
    ['an extra control', `${IMAGE}${BOX}${LIGHT}<Rating name="r" toName="photo"/>`, ['warning extra-control']],
    ['another tag', `${IMAGE}${BOX.replaceAll('Rectangle', 'Ellipse')}${LIGHT}`, ['error control-tag-differs']],
    ['another field', `${IMAGE.replace('$image', '$url')}${BOX}${LIGHT}`, ['warning object-value-differs']],
    ['a missing label', `${IMAGE}${BOX.replace('<Label value="Car"/>', '')}${LIGHT}`, ['error missing-label']],
    [
      'an extra label',
      `${IMAGE}${BOX.replace('<Label', '<Label value="Van"/><Label')}${LIGHT}`,
      ['warning extra-label'],
    ],
    [
      'a changed alias',
      `${IMAGE}${BOX.replace('"bus"', '"coach"')}${LIGHT}`,
      ['error renamed-label Is it "coach" now?', 'warning extra-label'],
    ],
    [
      'a misspelt label',
      `${IMAGE}${BOX.replace('Car', 'car')}${LIGHT}`,
      ['error renamed-label Is it "car" now?', 'warning extra-label'],
    ],
    ['one choice for several', `${IMAGE}${BOX}${LIGHT.replace(' choice="multiple"', '')}`, ['error choice-differs']],
    [
      'labels that come with the task',
      `${IMAGE}<RectangleLabels name="box" toName="photo" value="$labels"/>${LIGHT}`,
      [],
    ],
  ])('reports %s', (_, sent, expected) => {
    expect(differences(sent)).toEqual(expected)
  })

  it('reports another object', () => {
    const sent = parseConfig(
      `<View>${IMAGE}<Image name="other" value="$o"/>${BOX.replace('"photo"', '"other"')}${LIGHT}</View>`,
    )
    expect(compareConfigs(written, sent).map(({ code, path }) => [code, path])).toEqual([
      ['extra-object', 'View/Image[other]'],
      ['to-name-differs', 'View/RectangleLabels[box]'],
    ])
  })
})

it('compares thousands of labels in no time', () => {
  const withLabels = (word: string) => {
    const labels = Array.from({ length: 5000 }, (_, i) => `<Choice value="${word} ${i}"/>`)
    return parseConfig(
      `<View><Text name="t" value="$t"/><Choices name="c" toName="t">${labels.join('')}</Choices></View>`,
    )
  }
  const [cats, dogs] = [withLabels('one cat'), withLabels('many dogs')]
  const start = process.cpuUsage()
  expect(compareConfigs(cats, dogs)).toHaveLength(10_000)
  // What others do on this machine meanwhile is not counted.
  expect(process.cpuUsage(start).user).toBeLessThan(5_000_000)
})
