import type { INodeProperties } from 'n8n-workflow';

/** What the panel shows below the head when two parameters have these values. */
export interface Scene {
  readonly first: string;
  readonly second: string;
  readonly properties: readonly INodeProperties[];
}

/** The two parameters by which scenes differ, and what else must be so for all of them. */
export interface Switches {
  readonly first: string;
  readonly second: string;
  readonly always?: Readonly<Record<string, string>>;
}

interface Merged {
  readonly property: INodeProperties;
  readonly text: string;
  readonly scenes: Scene[];
}

/**
 * Draws all scenes with as few properties as possible: what several of them have alike is written once. The
 * order inside each scene stays as it is, so a property that stands elsewhere in another scene is written again.
 */
export function mergeProperties(scenes: readonly Scene[], switches: Switches): INodeProperties[] {
  const merged: Merged[] = [];
  for (const scene of scenes) {
    let next = 0;
    for (const property of scene.properties) {
      const text = JSON.stringify(property);
      const same = merged.findIndex((entry, index) => index >= next && entry.text === text);
      if (same === -1) merged.splice(next, 0, { property, text, scenes: [scene] });
      else merged[same]?.scenes.push(scene);
      next = (same === -1 ? next : same) + 1;
    }
  }
  return merged.flatMap(({ property, scenes: shown }) =>
    conditions(shown, scenes).map(([first, second]) => shownFor(property, switches, first, second)),
  );
}

type Condition = readonly [first: readonly string[], second: readonly string[]];

/**
 * n8n shows a property when each parameter has one of its values: one such pair of lists, or as many as the scenes
 * need.
 */
function conditions(shown: readonly Scene[], all: readonly Scene[]): Condition[] {
  const whole: Condition = [unique(shown.map(({ first }) => first)), unique(shown.map(({ second }) => second))];
  const tooMuch = all.some(
    (scene) => !shown.includes(scene) && whole[0].includes(scene.first) && whole[1].includes(scene.second),
  );
  if (!tooMuch) return [whole];
  const byFirst = whole[0].map((first): Condition => [
    [first],
    shown.filter((scene) => scene.first === first).map(({ second }) => second),
  ]);
  const bySeconds = new Map<string, Condition>();
  for (const [first, second] of byFirst) {
    const key = [...second].sort().join();
    bySeconds.set(key, [[...(bySeconds.get(key)?.[0] ?? []), ...first], second]);
  }
  return [...bySeconds.values()];
}

function shownFor(
  property: INodeProperties,
  { first, second, always = {} }: Switches,
  firstValues: readonly string[],
  secondValues: readonly string[],
): INodeProperties {
  const fixed = Object.fromEntries(Object.entries(always).map(([name, value]) => [name, [value]]));
  return {
    ...property,
    displayOptions: {
      ...property.displayOptions,
      show: { ...fixed, [first]: [...firstValues], [second]: [...secondValues], ...property.displayOptions?.show },
    },
  };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
