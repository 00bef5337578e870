/** Entities of a real model on each kind of text, behind what usually shifts offsets: the editor highlights these words. */

import { afterAll, beforeAll, it } from 'vitest'
import { highlightedWords, highlightsOf } from './editor/highlights.js'
import { eventually } from './eventually.js'
import { screenshot } from './screenshot.js'
import { useBackend } from './use-backend.js'
import { describeInBrowser, useBrowser } from './use-browser.js'
import { useLabelStudio } from './use-label-studio.js'

const labels = `
  <Label value="Name" predicted_values="GIVEN_NAME,SURNAME" background="#d4380d"/>
  <Label value="Place" predicted_values="BUILDING_NUMBER,STREET_NAME,CITY" background="#096dd9"/>`

const CONFIG = `<View>
  <Header value="Text"/>
  <Text name="text" value="$text"/><Labels name="marks" toName="text">${labels}</Labels>
  <Header value="HyperText"/>
  <HyperText name="page" value="$page"/><HyperTextLabels name="places" toName="page">${labels}</HyperTextLabels>
  <Header value="Paragraphs"/>
  <Paragraphs name="talk" value="$talk" layout="dialogue"/>
  <ParagraphLabels name="turns" toName="talk">${labels}</ParagraphLabels>
</View>`

const data = {
  text:
    '👩‍👩‍👧 Cafe\u0301 🎉 order 12\r\n\r\n' +
    'Ship it to José Ñúñez, 21 Baker Street, Springfield.\r\nThen 🙂 call Anna Miller.',
  page:
    '<div><p>👩‍👩‍👧 Cafe\u0301 &amp; <b>bar</b> 🎉<br>order &lt;12&gt;&nbsp;for</p>\r\n' +
    '<p>Dear <b>Maria</b> <i>Gonzalez</i> 👍🏽, we sent it to <b>Chi</b>cago &#x1F600; and to John&nbsp;Smith.</p></div>',
  talk: [
    { author: 'Agent 🎧', text: 'Cafe\u0301 👩‍👩‍👧 hello 🎉,\r\nam I speaking to Peter Miller?' },
    { author: 'Caller', text: '🙂🙂 No, 👍🏽 this is Laura Carter from Boston.' },
  ],
}

const WORDS = {
  Text: ['José', 'Ñúñez', '21', 'Baker Street', 'Springfield', 'Anna', 'Miller'],
  HyperText: ['Maria', 'Gonzalez', 'Chicago', 'John', 'Smith'],
  Paragraphs: ['Peter', 'Miller', 'Laura', 'Carter', 'Boston'],
} as const

describeInBrowser('entities in the editor', () => {
  const labelStudio = useLabelStudio()
  const backend = useBackend('test/live/backends/entities.fixture.ts', labelStudio)
  const page = useBrowser(labelStudio)

  beforeAll(async () => {
    const { client, url } = labelStudio()
    const project = await client.projects.create({ title: 'Entities', label_config: CONFIG })
    const { task_ids } = await client.projects.importTasks(project.id, [{ data }])
    await client.mlBackends.connect({ project: project.id, url: backend() })
    await client.actions.run(project.id, 'retrieve_tasks_predictions')
    await page().goto(`${url}/projects/${project.id}/data?task=${task_ids[0]}`)
  })

  afterAll(() => screenshot(page(), 'spans'))

  it.each(['Text', 'HyperText', 'Paragraphs'] as const)('are highlighted in <%s>', async (tag) => {
    await eventually(() => highlightedWords(highlightsOf[tag](page()))).toEqual(WORDS[tag])
  })
})
