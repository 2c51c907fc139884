// Runs tests/transports/replay.php on a version of PHP: replay.mjs <8.1 … 8.5> <project> <engine> <recording>.
// PHP sees no file of this machine but copies of those that the script reads.

import { PHP, loadPHPRuntime } from "@php-wasm/universal";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

const [version, project, engine, recording] = process.argv.slice(2);
const { getPHPLoaderModule } = await import(`@php-wasm/node-${version.replace(".", "-")}`);
const php = new PHP(await loadPHPRuntime(await getPHPLoaderModule()));

const copyFolder = async (from, to) => {
  php.mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, copy] = [join(from, entry.name), `${to}/${entry.name}`];
    if (entry.isDirectory()) {
      await copyFolder(source, copy);
    } else {
      php.writeFile(copy, await readFile(source));
    }
  }
};
await copyFolder(join(project, "php/src"), "/project/php/src");
await copyFolder(join(project, "tests/transports"), "/project/tests/transports");
await copyFolder(engine, "/engine");
php.writeFile("/recording", await readFile(recording));

const result = await php.run({ scriptPath: "/project/tests/transports/replay.php" });
process.stdout.write(result.text);
process.stderr.write(result.errors);
process.exit(result.exitCode);
