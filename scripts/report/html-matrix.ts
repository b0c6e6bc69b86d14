import { counted } from '../shared/text.ts';
import { breakable, type Markup, markup } from './markup.ts';
import type { Cell, Matrix } from './matrix.ts';

/** Environments across, systems down; a cell filters the findings to its own. */
export function matrixMarkup({ systems, clusters, cells }: Matrix): Markup | undefined {
  if (clusters.length === 0) return undefined;
  const heads = clusters.map((name) => markup`<th scope="col">${name}</th>`);
  const rows = systems.map((system, row) => {
    const own = clusters.map((cluster, column) => {
      const cell = cells.get(system)?.get(cluster);
      return cell
        ? markup`<td>${cellMarkup(cell, `${system} in ${cluster}`, row, column)}</td>`
        : markup`<td class="none"><span class="unseen">not deployed</span></td>`;
    });
    return markup`<tr><th scope="row">${breakable(system)}</th>${own}</tr>
`;
  });
  return markup`<div class="matrix" role="region" aria-label="Apps in each cluster" tabindex="0"><table>
<thead><tr><td></td>${heads}</tr></thead>
<tbody>
${rows}</tbody></table></div>
`;
}

function cellMarkup(
  { findings, worst, rendered }: Cell,
  what: string,
  system: number,
  cluster: number,
): Markup {
  if (!worst && rendered) {
    return markup`<span class="cell clean" title="${what}: no findings">✓<span class="unseen"> no findings</span></span>`;
  }
  const state = rendered ? counted(findings.length, 'finding') : 'not rendered';
  const shown = rendered ? `${findings.length}` : '✗';
  return markup`<button type="button" class="cell ${worst ?? 'error'}" data-system="${system}" data-cluster="${cluster}" aria-pressed="false" title="${what}: ${state}">${shown}<span class="unseen"> ${state} of ${what}</span></button>`;
}
