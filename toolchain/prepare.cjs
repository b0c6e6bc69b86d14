// Runs at the end of `npm ci` and `npm install` in this repository, never where presync is
// installed. npm 10 removes the link to this machine's Node again together with those of
// the other machines' packages, because all of them are called `node`; here it is put back.
const { existsSync, mkdirSync, symlinkSync } = require('node:fs');
const { join } = require('node:path');

const modules = join(__dirname, '..', 'node_modules');
const program = join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node');
const link = join(modules, '.bin', 'node');
if (existsSync(program) && !existsSync(link)) {
  mkdirSync(join(modules, '.bin'), { recursive: true });
  symlinkSync(program, link);
}
