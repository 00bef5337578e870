import { describe, expect, it } from 'vitest'
import { findControl, findObject, objectsOf, parseConfig } from '../../src/config/index.js'

const config = parseConfig(`<View><Repeater on="$pages" indexFlag="{{idx}}">
  <Image name="page.{{idx}}" value="$pages[{{idx}}].url"/>
  <RectangleLabels name="box_{{idx}}" toName="page.{{idx}}"><Label value="A"/></RectangleLabels>
  </Repeater><Image name="box_1" value="$x"/></View>`)

describe('findControl', () => {
  it.each([
    ['box_{{idx}}', true],
    ['box_0', true],
    ['box_12', true],
    ['box_', false],
    ['box_x', false],
    ['xbox_1', false],
    ['box_1\n', false],
  ])('%j: %s', (name, found) => {
    expect(findControl(config, name)?.name).toBe(found ? 'box_{{idx}}' : undefined)
  })
})

describe('findObject', () => {
  it('prefers the exact name and takes patterns literally', () => {
    expect(findObject(config, 'box_1')?.value).toBe('$x')
    expect(findObject(config, 'page.3')?.name).toBe('page.{{idx}}')
    expect(findObject(config, 'pagex3')).toBeUndefined()
  })
})

it('joins a control to its objects', () => {
  const control = findControl(config, 'box_0')
  expect(control && objectsOf(config, control).map(({ name }) => name)).toEqual(['page.{{idx}}'])
})
