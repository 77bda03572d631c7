/**
 * The rules of `n8n-node lint`, on the sources: the scanner's own configuration with a newer release of the same rule
 * set in it, and warnings as well as errors. `n8n-node lint` itself would demand an ESLint configuration file of n8n's
 * in the project root; the general JavaScript rules it adds are the business of our own lint.
 */
import { createRequire } from 'node:module';
import path from 'node:path';

const RULE_SET = '@n8n/community-nodes';

/**
 * @param {string} tools  folder that `ensurePinned(N8N_SCANNER)` returned
 * @param {Awaited<ReturnType<import('./scanner.mjs').loadScanner>>} scanner
 * @param {string} folder  package root
 * @returns {Promise<{ file: string, line: number, rule: string, message: string, error: boolean }[]>}
 */
export async function lintWithNewerRules(tools, scanner, folder) {
  const require = createRequire(path.join(tools, 'package.json'));
  const { ESLint } = require('eslint');
  const { n8nCommunityNodesPlugin: newer } = await import(require.resolve('@n8n/eslint-plugin-community-nodes'));
  const config = (await scanner.buildScanConfig()).map((block) =>
    block.plugins?.[RULE_SET] ? { ...block, ...newer.configs.recommended } : block,
  );

  const eslint = new ESLint({
    cwd: folder,
    allowInlineConfig: false,
    overrideConfigFile: true,
    overrideConfig: config,
    errorOnUnmatchedPattern: false,
  });
  const results = await eslint.lintFiles(scanner.patterns);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, ruleId, message, severity }) => ({
      file: path.relative(folder, filePath),
      line: line ?? 0,
      rule: ruleId ?? 'parse',
      message,
      error: severity === 2,
    })),
  );
}
