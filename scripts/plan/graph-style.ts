/** The looks of the graph's own parts, in the colours of the report's page. */
export const graphStyle = `
h2 { font: 600 1.05rem/1.4 system-ui, sans-serif; }
.stages { display: flex; flex-wrap: wrap; gap: .6rem; align-items: flex-start; margin: 0; padding: 0; list-style: none; }
.stage {
  flex: 0 1 auto; min-width: min(14rem, 100%); max-width: 100%; padding: .5rem .6rem .6rem;
  border: 1px solid var(--line); border-radius: 6px; background: var(--back);
}
.stage > p { margin: 0 0 .4rem; font-size: .8rem; color: var(--quiet); }
.units { display: grid; gap: .5rem; margin: 0; padding: 0; list-style: none; }
.stage .stages { margin: .5rem 0 0 .6rem; }
.unit > button {
  display: block; width: 100%; padding: .4rem .6rem; text-align: left; cursor: pointer;
  font: inherit; font-size: .86rem; line-height: 1.4; color: var(--text); background: var(--sheet);
  border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 4px;
}
.unit strong { display: block; font-weight: 600; }
.unit small { display: block; font-size: .78rem; color: var(--quiet); }
.unit .mark { display: none; font-size: .74rem; font-weight: 600; }
.unit.before > button { border-color: var(--clean); background: var(--clean-back); }
.unit.after > button { border-color: var(--warning); background: var(--warning-back); }
.unit.before > button small, .unit.after > button small { color: var(--text); }
.unit.before > button .mark.is-before { display: block; color: var(--clean); }
.unit.after > button .mark.is-after { display: block; color: var(--warning); }
.unit > button[aria-pressed="true"] { border-color: var(--link); box-shadow: inset 0 0 0 1px var(--link); }
#told { flex-basis: 100%; grid-column: 1 / -1; margin: 0; color: var(--quiet); font-size: .88rem; }
@media (max-width: 700px) {
  .stages { flex-direction: column; }
  .stage .stages { margin-left: 0; }
}
`;
