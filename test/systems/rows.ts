import { rows as aiAssistant } from './ai-assistant.ts';
import { rows as aiAssistantTraffic } from './ai-assistant-traffic.ts';
import { generalRows } from './general.ts';
import { generalTextRows } from './general-texts.ts';
import { rows as gradingSystem } from './grading-system.ts';
import { rows as gradingSystemStores } from './grading-system-stores.ts';
import { rows as pdfProcessor } from './pdf-processor.ts';
import { rows as pdfProcessorScaling } from './pdf-processor-scaling.ts';
import { rows as suokeLife } from './suoke-life.ts';
import { rows as suokeLifeModels } from './suoke-life-models.ts';
import type { Row, System } from './system.ts';

const own: Readonly<Record<string, readonly Row[]>> = {
  'ai-assistant': [...aiAssistant, ...aiAssistantTraffic],
  'grading-system': [...gradingSystem, ...gradingSystemStores],
  'pdf-processor': [...pdfProcessor, ...pdfProcessorScaling],
  'suoke-life': [...suokeLife, ...suokeLifeModels],
};

/** Every row that a system has to fulfil in its environment. */
export function rowsFor({ name, environment }: System): Row[] {
  return [...generalRows, ...generalTextRows, ...(own[name] ?? [])].filter(
    ({ environments = ['prod'] }) => environments.includes(environment),
  );
}
