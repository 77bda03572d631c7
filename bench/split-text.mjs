/** Time to divide a long text into messages, as bytes per second. */
import { createRequire } from 'node:module';
import path from 'node:path';

import { PROJECT } from '../scripts/run.mjs';
import { median } from './figures.mjs';

const MEGABYTE = 1_000_000;
const ROUNDS = 15;
const MIN_MEGABYTES_PER_SECOND = 20;
const MAX_BYTES = 2048;

const PROSE =
  '构建失败：第 42 号流水线在 main 分支上停止了，原因是单元测试没有通过；请相关同事尽快查看日志并修复问题。The nightly build failed on main because three tests timed out; please look at the log before noon. 🎉👨‍👩‍👧‍👦 ';
const MARKDOWN = `# 每日报告 Daily report
> 引用 quoted: ${PROSE}

**加粗 bold 构建失败：第 42 号流水线在 main 分支上停止了** 普通文字 plain [查看日志](https://ci.example.com/build/42?tab=log) <font color="warning">失败 failed</font> \`npm run test -- --watch\` 请 <@zhangsan> 处理。
${PROSE}

`;

export async function splittingText() {
  const { splitText } = createRequire(import.meta.url)(path.join(PROJECT, 'dist/core/index.js'));
  const unit = `${PROSE.repeat(3)}\n\n${MARKDOWN}`;
  const text = unit.repeat(Math.ceil(MEGABYTE / Buffer.byteLength(unit)));
  return ['text', 'markdown'].map((syntax) => {
    const rounds = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const start = performance.now();
      splitText(text, { maxBytes: MAX_BYTES, syntax });
      if (round > 0) rounds.push(Buffer.byteLength(text) / 1000 / (performance.now() - start));
    }
    const value = median(rounds);
    return {
      what: `divide 1 MB of mixed ${syntax} into messages of ${MAX_BYTES} bytes`,
      value,
      unit: 'MB/s',
      goal: `>= ${MIN_MEGABYTES_PER_SECOND} MB/s`,
      met: value >= MIN_MEGABYTES_PER_SECOND,
    };
  });
}
