import { expectTypeOf, test } from 'vitest'
import { printConfig, type ShapeOf, suggestConfig, tags } from '../../src/config/index.js'

const {
  view,
  viewWith,
  header,
  image,
  imageList,
  text,
  paragraphs,
  rectangleLabels,
  choices,
  taxonomy,
  pairwise,
  textArea,
} = tags

test('the builder gives the shape of the same literal', () => {
  const xml = printConfig(
    view(
      header('x'),
      image('img', '$image'),
      viewWith(
        { className: 'x' },
        rectangleLabels('box', 'img', ['Car', { value: 'Person', alias: 'person' }]),
        choices('c', 'img', ['A'], { choice: 'multiple' }),
      ),
    ),
  )
  type Literal =
    ShapeOf<`<View><Image name="img" value="$image"/><RectangleLabels name="box" toName="img"><Label value="Car"/>
    <Label value="Person" alias="person"/></RectangleLabels><Choices name="c" toName="img" choice="multiple"><Choice value="A"/></Choices></View>`>
  expectTypeOf<ShapeOf<typeof xml>>().toEqualTypeOf<Literal>()
})

test('every form of option and object is typed', () => {
  const xml = printConfig(
    view(
      text('a', '$doc.body'),
      imageList('pages', '$pages'),
      paragraphs('talk', '$talk', { valueType: 'url' }),
      taxonomy('kind', 'a', [{ value: 'Animal', children: ['Dog', { value: 'Cat' }] }]),
      pairwise('better', ['a', 'talk']),
      textArea('note', 'a'),
    ),
  )
  type Shape = ShapeOf<typeof xml>
  expectTypeOf<Shape['data']>().toEqualTypeOf<{ doc: unknown; pages: readonly string[]; talk: string }>()
  expectTypeOf<Shape['objects']>().toEqualTypeOf<{ a: 'Text'; pages: 'Image'; talk: 'Paragraphs' }>()
  expectTypeOf<Shape['controls']['kind']['option']>().toEqualTypeOf<'Animal' | 'Dog' | 'Cat'>()
  expectTypeOf<Shape['controls']['better']['to']>().toEqualTypeOf<'a' | 'talk'>()
  expectTypeOf<Shape['controls']['note']>().toEqualTypeOf<{ tag: 'TextArea'; to: 'a'; option: never; many: false }>()
})

test('a suggestion is typed', () => {
  const detector = suggestConfig({ kinds: ['detection'], classes: ['car', 'bus'] })
  expectTypeOf<ShapeOf<typeof detector>>().toEqualTypeOf<{
    data: { image: string }
    objects: { image: 'Image' }
    controls: { box: { tag: 'RectangleLabels'; to: 'image'; option: 'car' | 'bus'; many: false } }
  }>()
  const tracker = suggestConfig({ kinds: ['track', 'classification'], classes: ['car'] })
  expectTypeOf<ShapeOf<typeof tracker>['objects']>().toEqualTypeOf<{ video: 'Video' }>()
  expectTypeOf<keyof ShapeOf<typeof tracker>['controls']>().toEqualTypeOf<'track' | 'label' | 'class'>()
  const spans = suggestConfig({ kinds: ['span'], object: 'Paragraphs' })
  expectTypeOf<ShapeOf<typeof spans>['controls']['span']>().toEqualTypeOf<{
    tag: 'ParagraphLabels'
    to: 'dialogue'
    option: string
    many: false
  }>()
})
