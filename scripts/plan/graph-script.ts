/** What the page does: it shows what the filters name, and marks what waits for what. */
export const graphScript = `
'use strict';
const form = document.getElementById('filters');
const units = [...document.querySelectorAll('.unit')];
const holders = [...document.querySelectorAll('.stage, section')].reverse();
const control = (id) => document.getElementById(id);
const byId = new Map(units.map((one) => [one.dataset.id, one]));
const wordsOf = (one) => one.querySelector('button').textContent.toLowerCase();
const words = new Map(units.map((one) => [one, wordsOf(one)]));

function wanted(one) {
  const { cluster, engine, kind } = one.dataset;
  const fits = (id, value) => control(id).value === '' || control(id).value === value;
  return (
    fits('cluster', cluster) && fits('engine', engine) && fits('kind', kind) &&
    words.get(one).includes(control('text').value.trim().toLowerCase())
  );
}

function apply() {
  const shown = new Set(units.filter(wanted));
  for (const one of [...units].reverse()) {
    one.hidden = !shown.has(one) && !one.querySelector('.unit:not([hidden])');
  }
  for (const one of holders) one.hidden = !one.querySelector('.unit:not([hidden])');
  control('count').textContent = shown.size + ' of ' + units.length;
}

function reach(start, next) {
  const found = new Set();
  const left = [start];
  while (left.length > 0) {
    for (const one of next(left.pop())) {
      if (one && one !== start && !found.has(one)) {
        found.add(one);
        left.push(one);
      }
    }
  }
  return found;
}

const list = (text) => (text === '' ? [] : text.split(' ')).map((id) => byId.get(id));
const parentOf = (one) => one.parentElement.closest('.unit');
const withBelow = (one) => one.dataset.gate === 'ready' ? [one, ...one.querySelectorAll('.unit')] : [one];
const awaited = (one) => [...list(one.dataset.waits).flatMap(withBelow), parentOf(one)];
const waiting = new Map(units.map((one) => [one, []]));
for (const one of units) for (const other of awaited(one)) if (other) waiting.get(other).push(one);

function choose(chosen) {
  const before = chosen ? reach(chosen, awaited) : new Set();
  const after = chosen ? reach(chosen, (one) => waiting.get(one)) : new Set();
  for (const one of units) {
    one.classList.toggle('before', before.has(one));
    one.classList.toggle('after', after.has(one));
    one.querySelector('button').setAttribute('aria-pressed', String(one === chosen));
  }
  control('told').textContent = chosen
    ? chosen.querySelector('strong').textContent + ': ' + before.size + ' come before it, ' + after.size + ' after it'
    : control('told').dataset.hint;
}

for (const one of units) {
  one.querySelector('button').addEventListener('click', (event) => {
    choose(event.currentTarget.getAttribute('aria-pressed') === 'true' ? undefined : one);
  });
}
if (form) {
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(() => { apply(); choose(undefined); }));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') choose(undefined);
    if (event.key === '/' && !/^(INPUT|SELECT)$/.test(event.target.tagName)) {
      event.preventDefault();
      control('text').focus();
    }
  });
  apply();
}
`;
