/** The twelve rules of the scorecard, and what its JSON does not say by itself. */

export const RULES = {
  P01: 'has a licence',
  P03: 'has a repository or a place for bugs',
  P04: 'has a scoped name',
  P05: 'has the keyword node-red',
  P06: 'accepts a current Node-RED',
  P07: 'accepts the oldest Node.js of the current Node-RED',
  P08: 'no package of the same name in another scope',
  N01: 'node types that nobody else has',
  N02: 'every node appears in an example',
  D01: 'at most six dependencies',
  D02: 'no dependency known to break Node-RED',
  D03: 'dependencies accept their latest release',
};

/**
 * Judges the tool's JSON, rule by rule. Three of its verdicts cannot be taken as they are: P05 is "true" for a package
 * without the keyword too, and N01 and N02 are "true" for a package whose editor files it could not read at all.
 *
 * @param {Record<string, { test?: boolean }>} scorecard  what `node-red-dev validate -o` wrote
 * @param {{ manifest: { keywords?: string[] }, output: string }} context  package.json, and what the tool printed
 * @returns {{ rule: string, title: string, passed: boolean, details: string }[]}  always all twelve
 */
export function judge(scorecard, { manifest, output }) {
  const unread = [...output.matchAll(/Unable to parse\s+(\S+)/g)].map(([, file]) => file);
  const own = {
    P05: () => (manifest.keywords?.includes('node-red') ? '' : 'keyword missing'),
    N01: () => unread.map((file) => `could not read the editor file of ${file}`).join(', '),
    N02: () => (scorecard.N02?.nodes?.length ? '' : 'no node was found to look for'),
  };
  return Object.entries(RULES).map(([rule, title]) => {
    const { test, ...rest } = scorecard[rule] ?? {};
    const objection = own[rule]?.() ?? '';
    const details = scorecard[rule] ? Object.values(rest).flat().join(', ') : 'not judged: the tool stopped before it';
    return {
      rule,
      title,
      passed: test === true && objection === '',
      details: [details, objection].filter(Boolean).join('; '),
    };
  });
}
