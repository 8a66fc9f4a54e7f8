// Loads a form in the engine of ODK Web Forms, answers it as planned, prints what it took as JSON.
// usage: node --expose-gc run.mjs plan.json
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { JSDOM } from 'jsdom';

globalThis.require = createRequire(import.meta.url); // its expression parser asks for both under Node
globalThis.__dirname = process.cwd();
const { window } = new JSDOM('<!doctype html><html><body></body></html>', { url: 'http://localhost/' });
for (const name of Object.getOwnPropertyNames(window)) {
  if (!(name in globalThis)) globalThis[name] = window[name];
}
const { loadForm } = await import('@getodk/xforms-engine');

const plan = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const attachments = {
  fetchFormAttachment: async (resource) => {
    const text = plan.files[String(resource).split('/').pop()];
    return new Response(text ?? '', { status: text === undefined ? 404 : 200, headers: { 'content-type': 'text/csv' } });
  },
};

/** CPU time of this process: other work on the machine does not count. */
function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function open() {
  const form = await loadForm(plan.form, attachments);
  if (form.status === 'failure') throw form.error;
  return form.createInstance().root;
}

function* nodesOf(node) {
  yield node;
  for (const child of node.currentState.children ?? []) yield* nodesOf(child);
}

function answer(node, { type, value }) {
  if (node.nodeType === 'select') node.selectValues(Array.isArray(value) ? value : [value]);
  else if (node.nodeType === 'rank') node.setValues(value);
  else if (node.nodeType === 'trigger') node.setValue(true);
  else if (node.nodeType === 'input' || node.nodeType === 'range') node.setValue(value);
  else return false;
  return type !== null;
}

const loads = [];
for (let round = 0; round < plan.rounds; round += 1) {
  const began = cpuMs();
  await open();
  loads.push(cpuMs() - began);
}
globalThis.gc();
const heapBefore = process.memoryUsage().heapUsed;
const root = await open();
globalThis.gc();
const heap = process.memoryUsage().heapUsed - heapBefore;

const answers = [];
let skipped = 0;
for (const step of plan.answers) {
  const byRef = new Map([...nodesOf(root)].map((node) => [node.currentState.reference, node]));
  const node = byRef.get(step.ref);
  if (node === undefined) {
    skipped += 1;
    continue;
  }
  const began = cpuMs();
  try {
    if (answer(node, step)) answers.push(cpuMs() - began);
    else skipped += 1;
  } catch {
    skipped += 1;
  }
}
const asked = new Set(['input', 'note', 'range', 'rank', 'select', 'trigger', 'upload']);
const relevant = [...nodesOf(root)].filter((node) => asked.has(node.nodeType) && node.currentState.relevant);
console.log(JSON.stringify({ loads, answers, heap, skipped, relevant: relevant.length, rss: process.memoryUsage().rss }));
process.exit(0);
