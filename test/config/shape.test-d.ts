import { expectTypeOf, test } from 'vitest'
import type { Checked, ShapeOf } from '../../src/config/index.js'

type Shape =
  ShapeOf<`<View><Image name="img" value="$image"/><RectangleLabels name="box" toName="img"><Label value="Car"/><Label value="Person"/></RectangleLabels></View>`>

test('a literal config has a plain shape', () => {
  expectTypeOf<Shape>().toEqualTypeOf<{
    data: { image: string }
    objects: { img: 'Image' }
    controls: { box: { tag: 'RectangleLabels'; to: 'img'; option: 'Car' | 'Person'; many: false } }
  }>()
})

test('a dangling toName is a sentence', () => {
  expectTypeOf<
    Checked<'<View><Rating name="r" toName="imgg"/></View>'>
  >().toEqualTypeOf<'<… name="r" toName="imgg">: no object tag is named "imgg"'>()
})
