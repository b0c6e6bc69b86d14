/** The page's looks: in light and dark, from a phone to a wide screen. */
export const style = `
:root {
  color-scheme: light dark;
  --back: light-dark(#fbfbfa, #14171a);
  --sheet: light-dark(#ffffff, #1c2024);
  --code: light-dark(#f4f5f6, #14171a);
  --text: light-dark(#1d2126, #e3e6e9);
  --quiet: light-dark(#5b646e, #9aa4ae);
  --line: light-dark(#dcdfe3, #343b43);
  --link: light-dark(#0b5cad, #78b7f5);
  --error: light-dark(#b3261e, #ff8a80);
  --error-back: light-dark(#fdecea, #43201e);
  --warning: light-dark(#875400, #f3bf5c);
  --warning-back: light-dark(#fff3d9, #3b2e12);
  --note: light-dark(#1e5f8c, #83c5ee);
  --note-back: light-dark(#e6f2fb, #173142);
  --clean: light-dark(#1e6b34, #7ad191);
  --clean-back: light-dark(#e8f5ea, #17331f);
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.25rem 1.25rem 4rem; max-width: 75rem;
  background: var(--back); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: 1.4rem; line-height: 1.3; }
h1 .name { color: var(--quiet); font-weight: 500; margin-right: .4rem; }
h2 { margin: 1.8rem 0 .6rem; font: 600 .95rem/1.4 ui-monospace, monospace; }
h3 { margin: 0; font-size: 1rem; line-height: 1.45; }
p { margin: .35rem 0; }
code, pre { font: .84rem/1.55 ui-monospace, "DejaVu Sans Mono", monospace; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
[hidden] { display: none !important; }
.quiet { color: var(--quiet); margin: .15rem 0 0; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; padding: .3rem .6rem; background: var(--sheet); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.error { --own: var(--error); --own-back: var(--error-back); }
.warning { --own: var(--warning); --own-back: var(--warning-back); }
.note { --own: var(--note); --own-back: var(--note-back); }
.clean { --own: var(--clean); --own-back: var(--clean-back); }
.verdict { color: var(--own); }
.matrix { position: relative; margin: 1.1rem 0; max-width: 100%; overflow-x: auto; overflow-wrap: normal; }
.matrix table { border-collapse: separate; border-spacing: 3px; }
.matrix th { font-weight: 500; font-size: .85rem; padding: 0 .7rem 0 0; text-align: left; white-space: nowrap; }
.matrix thead th { padding: 0 .5rem; text-align: center; color: var(--quiet); }
.matrix td { padding: 0; text-align: center; }
.matrix .none { position: relative; }
.cell {
  display: block; position: relative; width: 100%; min-width: 4.2rem; padding: .15rem .4rem;
  border: 1px solid transparent; border-radius: 4px; font: inherit; font-size: .85rem;
  background: var(--own-back); color: var(--own);
}
button.cell { cursor: pointer; font-weight: 700; border-color: var(--own); }
button.cell[aria-pressed="true"] { background: var(--own); color: var(--back); }
#filters {
  position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: end;
  padding: .6rem 0; background: var(--back); border-bottom: 1px solid var(--line);
}
#filters label { display: grid; grid-template-columns: minmax(0, 1fr); font-size: .78rem; color: var(--quiet); max-width: 14rem; }
#filters .tick { display: flex; align-items: center; gap: .3rem; min-height: 2rem; }
#filters select, #filters input[type="search"], #filters button {
  font: inherit; font-size: .88rem; color: var(--text); background: var(--sheet); max-width: 100%;
  min-height: 2rem; padding: .1rem .5rem; border: 1px solid var(--line); border-radius: 4px;
}
#filters button { cursor: pointer; }
#none { margin: 2rem 0; }
#count { color: var(--quiet); font-size: .85rem; min-height: 2rem; align-content: center; }
.finding {
  margin: .6rem 0; padding: .75rem 1rem; background: var(--sheet);
  border: 1px solid var(--line); border-left: 4px solid var(--own); border-radius: 4px;
  content-visibility: auto; contain-intrinsic-size: auto 16rem;
}
.badge {
  padding: .05rem .45rem; border-radius: 3px; font-size: .78rem; font-weight: 600;
  background: var(--own-back); color: var(--own);
}
.message { white-space: pre-wrap; unicode-bidi: isolate; }
.side { max-width: 50rem; }
.sides { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .4rem 1.2rem; align-items: start; }
figure { margin: .4rem 0; min-width: 0; }
figcaption { color: var(--quiet); font-size: .78rem; }
pre { margin: .2rem 0 0; padding: .5rem .7rem; overflow: auto; max-height: 22rem; background: var(--code); border-radius: 4px; overflow-wrap: normal; tab-size: 2; }
mark { background: var(--own-back); color: inherit; box-shadow: 0 2px 0 var(--own); }
.gap { color: var(--quiet); }
.facts { display: flex; flex-wrap: wrap; gap: .1rem .9rem; font-size: .85rem; color: var(--quiet); }
.related { margin: .3rem 0; padding-left: 1.2rem; font-size: .85rem; color: var(--quiet); }
details { font-size: .88rem; }
summary { cursor: pointer; width: fit-content; }
.unchecked { margin-top: 2rem; }
@media (max-width: 700px) {
  body { padding: .9rem .9rem 3rem; }
  #filters { position: static; display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); }
  #filters label { max-width: none; }
  #filters label:has(#text) { grid-column: 1 / -1; }
  .sides { grid-template-columns: minmax(0, 1fr); }
  .matrix tbody th { white-space: normal; overflow-wrap: anywhere; min-width: 7rem; }
  .matrix thead th { padding: 0 .2rem; }
  .finding { padding: .65rem .75rem; }
  .cell { min-width: 3rem; }
  button.cell, summary { min-height: 2rem; }
}
@media print {
  #filters, .skip { display: none; }
  pre { max-height: none; }
}
`;
