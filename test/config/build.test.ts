import { describe, expect, it } from 'vitest'
import { parseConfig, printConfig, tags } from '../../src/config/index.js'

const {
  view,
  viewWith,
  header,
  image,
  imageList,
  text,
  rectangleLabels,
  choices,
  taxonomy,
  pairwise,
  ranker,
  list,
  relations,
  rating,
} = tags

describe('printConfig', () => {
  it('prints what the builders say', () => {
    const xml = printConfig(
      view(
        header('Mark the "cars" & buses'),
        image('photo', '$image', { zoom: true }),
        rectangleLabels('box', 'photo', ['Car', { value: 'Bus', predictedValues: ['bus', 'coach'], hotkey: 'b' }]),
      ),
    )
    expect(xml).toBe(`<View>
  <Header value="Mark the &quot;cars&quot; &amp; buses"/>
  <Image name="photo" value="$image" zoom="true"/>
  <RectangleLabels name="box" toName="photo">
    <Label value="Car"/>
    <Label value="Bus" predicted_values="bus,coach" hotkey="b"/>
  </RectangleLabels>
</View>`)
  })

  it('prints what reads back without an issue', () => {
    const config = parseConfig(
      printConfig(
        view(
          viewWith({ className: 'two' }, text('a', '$a'), text('b', '$b')),
          imageList('pages', '$pages'),
          choices('tone', 'a', ['good', 'bad'], { choice: 'multiple' }),
          taxonomy('kind', 'b', [{ value: 'Animal', children: ['Dog', { value: 'Cat', alias: 'cat' }] }]),
          pairwise('better', ['a', 'b']),
          list('items', '$items'),
          ranker('order', 'items', ['best', 'rest']),
          rating('stars', 'pages', { maxRating: 3 }),
          relations(['of']),
        ),
      ),
    )
    expect(config.issues).toEqual([])
    expect([...config.controls.values()].map(({ name, toName, labels }) => [name, toName, labels])).toEqual([
      ['tone', ['a'], ['good', 'bad']],
      ['kind', ['b'], ['Animal', 'Dog', 'cat']],
      ['better', ['a', 'b'], []],
      ['order', ['items'], ['best', 'rest']],
      ['stars', ['pages'], []],
    ])
  })

  it.each(['\u0000', '\uD800', '\uFFFF', 'a\u0001b'])('refuses %j, which XML cannot hold', (value) => {
    expect(() => image('photo', value)).toThrow(expect.objectContaining({ code: 'unprintable-xml' }))
  })

  it('refuses a name that XML cannot hold', () => {
    expect(() => image('photo', '$i', { 'on click': 'x' })).toThrow(
      expect.objectContaining({ code: 'unprintable-xml' }),
    )
  })
})

describe('every builder', () => {
  const { audio, hyperText, paragraphs, timeSeries, video, table, pdf, chat } = tags

  it.each([
    ['Image', tags.rectangleLabels, 'RectangleLabels'],
    ['Image', tags.ellipseLabels, 'EllipseLabels'],
    ['Image', tags.polygonLabels, 'PolygonLabels'],
    ['Image', tags.keyPointLabels, 'KeyPointLabels'],
    ['Image', tags.brushLabels, 'BrushLabels'],
    ['Image', tags.bitmaskLabels, 'BitmaskLabels'],
    ['Image', tags.vectorLabels, 'VectorLabels'],
    ['Text', tags.labels, 'Labels'],
    ['HyperText', tags.hyperTextLabels, 'HyperTextLabels'],
    ['Paragraphs', tags.paragraphLabels, 'ParagraphLabels'],
    ['TimeSeries', tags.timeSeriesLabels, 'TimeSeriesLabels'],
    ['Video', tags.timelineLabels, 'TimelineLabels'],
    ['Text', tags.choices, 'Choices'],
    ['Text', tags.taxonomy, 'Taxonomy'],
  ] as const)('on %s makes %3$s', (object, build, tag) => {
    const objects = {
      Image: image,
      Text: text,
      HyperText: hyperText,
      Paragraphs: paragraphs,
      TimeSeries: timeSeries,
      Video: video,
    }
    const config = parseConfig(
      printConfig(view(objects[object]('it', '$it'), build('c', 'it', ['A', { value: 'B', alias: 'b' }]))),
    )
    expect(config.objects.get('it')?.tag).toBe(object)
    expect(config.controls.get('c')).toMatchObject({ tag, labels: ['A', 'b'] })
    expect(config.issues).toEqual([])
  })

  it.each([
    ['Rectangle', tags.rectangle],
    ['Ellipse', tags.ellipse],
    ['Polygon', tags.polygon],
    ['KeyPoint', tags.keyPoint],
    ['Brush', tags.brush],
    ['Bitmask', tags.bitmask],
    ['Vector', tags.vector],
    ['MagicWand', tags.magicWand],
    ['TextArea', tags.textArea],
    ['Number', tags.number],
    ['DateTime', tags.dateTime],
  ] as const)('without options makes %s', (tag, build) => {
    const config = parseConfig(printConfig(view(image('it', '$it'), build('c', 'it'))))
    expect(config.controls.get('c')?.tag).toBe(tag)
    expect(config.issues).toEqual([])
  })

  it('of an object makes the object', () => {
    const xml = printConfig(
      view(
        audio('a', '$a'),
        video('v', '$v'),
        table('t', '$t'),
        pdf('p', '$p'),
        chat('c', '$c'),
        tags.videoRectangle('r', 'v'),
      ),
    )
    expect([...parseConfig(xml).objects.values()].map(({ tag }) => tag)).toEqual([
      'Audio',
      'Video',
      'Table',
      'Pdf',
      'Chat',
    ])
  })
})
