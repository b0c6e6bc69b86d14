// Loaded before every command of this repository. In the syntax of old Nodes, so that
// they can read it: they would otherwise stop at the first TypeScript file, without a reason.
var major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    'error: this repository needs Node 24 or later, and this is ' +
      process.version +
      '. `npm ci` brings it on Linux and Windows; elsewhere install it and try again.',
  );
  process.exit(2);
}
