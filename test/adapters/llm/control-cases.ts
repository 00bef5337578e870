import { encode } from 'fast-png'
import type { Finding } from '../../../src/results/findings.js'

const png = encode({ width: 20, height: 10, channels: 3, data: new Uint8Array(600) })

export const text = (controls: string) => `<View><Text name="review" value="$review"/>${controls}</View>`
export const review = { review: 'Great 😀 phone, great price. Battery: bad.' }

export interface Case {
  readonly xml: string
  readonly data: Readonly<Record<string, unknown>>
  readonly answer: unknown
  readonly findings: readonly Finding[]
}

/** Config and answer of a model, and what is found. Every control is called `it`. */
export const cases: Record<string, Case> = {
  'Choices, single': {
    xml: text(
      '<Choices name="it" toName="review"><Choice value="Positive" hint="likes it"/><Choice value="Mixed feelings" alias="mixed"/></Choices>',
    ),
    data: review,
    answer: 'mixed',
    findings: [{ kind: 'classification', control: 'it', classes: [{ label: 'mixed' }] }],
  },
  'Choices, multiple': {
    xml: text(
      '<Choices name="it" toName="review" choice="multiple"><Choice value="Price"/><Choice value="Battery"/><Choice value="Screen"/></Choices>',
    ),
    data: review,
    answer: ['Battery', 'Price'],
    findings: [{ kind: 'classification', control: 'it', classes: [{ label: 'Battery' }, { label: 'Price' }] }],
  },
  'Choices from the task': {
    xml: text('<Choices name="it" toName="review" value="$options"/>'),
    data: { ...review, options: [{ value: 'Yes' }, { value: 'No', alias: 'n', hint: 'never' }] },
    answer: 'n',
    findings: [{ kind: 'classification', control: 'it', classes: [{ label: 'n' }] }],
  },
  Taxonomy: {
    xml: text(
      '<Taxonomy name="it" toName="review"><Choice value="Hardware"><Choice value="Other"/></Choice><Choice value="Shop"><Choice value="Other"/></Choice></Taxonomy>',
    ),
    data: review,
    answer: ['Shop > Other', 'Hardware > Other', 'Shop'],
    findings: [
      {
        kind: 'classification',
        control: 'it',
        classes: [
          { label: 'Other', path: ['Shop', 'Other'] },
          { label: 'Other', path: ['Hardware', 'Other'] },
          { label: 'Shop', path: ['Shop'] },
        ],
      },
    ],
  },
  TextArea: {
    xml: text('<TextArea name="it" toName="review" placeholder="One-line summary"/>'),
    data: review,
    answer: 'Cheap, but weak battery.',
    findings: [{ kind: 'text', control: 'it', text: 'Cheap, but weak battery.' }],
  },
  Rating: {
    xml: text('<Rating name="it" toName="review" maxRating="7"/>'),
    data: review,
    answer: 5,
    findings: [{ kind: 'number', control: 'it', value: 5 }],
  },
  Number: {
    xml: text('<Number name="it" toName="review" min="0" max="1" step="0.1"/>'),
    data: review,
    answer: 0.3,
    findings: [{ kind: 'number', control: 'it', value: 0.3 }],
  },
  'DateTime, date': {
    xml: text('<DateTime name="it" toName="review" only="date" format="%d.%m.%Y"/>'),
    data: review,
    answer: '2026-02-28',
    findings: [{ kind: 'datetime', control: 'it', value: '28.02.2026' }],
  },
  'DateTime, whole': {
    xml: text('<DateTime name="it" toName="review"/>'),
    data: review,
    answer: '2026-02-28T09:05',
    findings: [{ kind: 'datetime', control: 'it', value: '2026-02-28T09:05' }],
  },
  Pairwise: {
    xml: '<View><Text name="a" value="$a"/><Text name="b" value="$b"/><Pairwise name="it" toName="a,b"/></View>',
    data: { a: 'One answer', b: 'Another answer' },
    answer: 'right',
    findings: [{ kind: 'preference', control: 'it', selected: 'right' }],
  },
  'Ranker, order': {
    xml: '<View><List name="list" value="$items"/><Ranker name="it" toName="list"/></View>',
    data: {
      items: [
        { id: 'x', title: 'X' },
        { id: 'y', title: 'Y' },
      ],
    },
    answer: ['y', 'x'],
    findings: [{ kind: 'ranking', control: 'it', order: ['y', 'x'] }],
  },
  'Ranker, buckets': {
    xml: '<View><List name="list" value="$items"/><Ranker name="it" toName="list"><Bucket name="good" title="Good"/><Bucket name="bad" title="Bad"/></Ranker></View>',
    data: {
      items: [
        { id: 1, title: 'X' },
        { id: 2, title: 'Y' },
      ],
    },
    answer: [{ id: '2', bucket: 'good' }],
    findings: [{ kind: 'ranking', control: 'it', order: { good: ['2'], bad: [] } }],
  },
  'Labels on text': {
    xml: text('<Labels name="it" toName="review"><Label value="Praise"/><Label value="Blame"/></Labels>'),
    data: review,
    answer: [
      { label: 'Praise', quote: 'reat', occurrence: 2 },
      { label: 'Praise', quote: '😀', occurrence: 1 },
      { label: 'Blame', quote: 'Battery: bad', occurrence: 1 },
    ],
    findings: [
      { kind: 'span', control: 'it', label: 'Praise', start: 17, end: 21 },
      { kind: 'span', control: 'it', label: 'Praise', start: 6, end: 8 },
      { kind: 'span', control: 'it', label: 'Blame', start: 29, end: 41 },
    ],
  },
  'Labels that repeat and overlap': {
    xml: text('<Labels name="it" toName="review"><Label value="Phrase"/><Label value="Word"/></Labels>'),
    data: { review: '👩‍👧 aa aaa 👩‍👧 aa' },
    answer: [
      { label: 'Phrase', quote: '👩‍👧 aa', occurrence: 2 },
      { label: 'Word', quote: '👩‍👧', occurrence: 2 },
      { label: 'Phrase', quote: 'aa aaa 👩‍👧', occurrence: 1 },
      { label: 'Word', quote: 'aa', occurrence: 2 },
    ],
    findings: [
      { kind: 'span', control: 'it', label: 'Phrase', start: 13, end: 21 },
      { kind: 'span', control: 'it', label: 'Word', start: 13, end: 18 },
      { kind: 'span', control: 'it', label: 'Phrase', start: 6, end: 18 },
      { kind: 'span', control: 'it', label: 'Word', start: 9, end: 11 },
    ],
  },
  HyperTextLabels: {
    xml: '<View><HyperText name="page" value="$page"/><HyperTextLabels name="it" toName="page"><Label value="Name"/></HyperTextLabels></View>',
    data: { page: '<p>Hi <b>Ann</b>a &amp; Bo</p>' },
    answer: [{ label: 'Name', quote: 'Anna', occurrence: 1 }],
    findings: [{ kind: 'span', control: 'it', label: 'Name', start: 3, end: 7 }],
  },
  ParagraphLabels: {
    xml: '<View><Paragraphs name="talk" value="$talk"/><ParagraphLabels name="it" toName="talk"><Label value="Thing"/></ParagraphLabels></View>',
    data: {
      talk: [
        { author: 'A', text: 'Is it on?' },
        { author: 'B', text: 'It is: it is on.' },
      ],
    },
    answer: [{ label: 'Thing', utterance: 1, quote: 'it is', occurrence: 1 }],
    findings: [{ kind: 'span', control: 'it', label: 'Thing', utterance: 1, start: 7, end: 12 }],
  },
  'RectangleLabels on a picture': {
    xml: '<View><Image name="photo" value="$photo"/><RectangleLabels name="it" toName="photo"><Label value="Cat"/></RectangleLabels></View>',
    data: { photo: `data:image/png;base64,${Buffer.from(png).toString('base64')}` },
    answer: [{ label: 'Cat', left: 100, top: 250, right: 600, bottom: 1000 }],
    findings: [
      {
        kind: 'detection',
        control: 'it',
        label: 'Cat',
        unit: 'fraction',
        box: { x: 0.1, y: 0.25, width: 0.5, height: 0.75 },
      },
    ],
  },
}
