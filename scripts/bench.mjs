/** `npm run bench`: packs (the packages are measured as people get them), then measures. */
import { run } from './run.mjs';

run('node', ['scripts/pack.mjs']);
run('node', ['bench/index.mjs', ...process.argv.slice(2)]);
