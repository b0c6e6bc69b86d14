/** What the page does: it shows the findings that the filters name. No text of a report is in it. */
export const script = `
'use strict';
const form = document.getElementById('filters');
const findings = [...document.querySelectorAll('.finding')];
const files = [...document.querySelectorAll('.file')];
const cells = [...document.querySelectorAll('button.cell')];
const control = (id) => document.getElementById(id);
const words = new Map(findings.map((one) => [
  one,
  (one.closest('.file').querySelector('h2').textContent + ' ' + one.textContent).toLowerCase(),
]));

function wanted(one) {
  const { severity, rule, clusters, systems } = one.dataset;
  const has = (list, value) => value === '' || list.split(' ').includes(value);
  if ('suppressed' in one.dataset && !control('suppressed').checked) return false;
  return (
    has(severity, control('severity').value) &&
    has(clusters, control('cluster').value) &&
    has(systems, control('system').value) &&
    (control('rule').value === '' || control('rule').value === rule) &&
    words.get(one).includes(control('text').value.trim().toLowerCase())
  );
}

function apply() {
  let shown = 0;
  for (const one of findings) {
    one.hidden = !wanted(one);
    if (!one.hidden) shown += 1;
  }
  for (const file of files) file.hidden = !file.querySelector('.finding:not([hidden])');
  const withSuppressed = control('suppressed') && control('suppressed').checked;
  const all = findings.filter((one) => withSuppressed || !('suppressed' in one.dataset)).length;
  control('count').textContent = shown + ' of ' + all;
  control('none').hidden = shown > 0;
  for (const cell of cells) cell.setAttribute('aria-pressed', String(isChosen(cell)));
}

function isChosen({ dataset }) {
  return control('system').value === dataset.system && control('cluster').value === dataset.cluster;
}

if (form) {
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  for (const cell of cells) {
    cell.addEventListener('click', () => {
      const chosen = isChosen(cell);
      control('system').value = chosen ? '' : cell.dataset.system;
      control('cluster').value = chosen ? '' : cell.dataset.cluster;
      apply();
    });
  }
  document.addEventListener('keydown', (event) => {
    const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === '/' && !isTyping) {
      event.preventDefault();
      control('text').focus();
    }
  });
  apply();
}
`;
