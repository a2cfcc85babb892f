// Leaves only the gzip form of each built file in the folder that it is given: the repository and the binary stay
// small, and the Go handler sends the bytes as they are to every client that accepts gzip.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const dist = process.argv[2];
let plain = 0;
let packed = 0;
for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath, entry.name);
  const content = readFileSync(path);
  const gzip = gzipSync(content, { level: 9 });
  writeFileSync(`${path}.gz`, gzip);
  rmSync(path);
  plain += content.length;
  packed += gzip.length;
}
console.log(`packed ${(plain / 1e6).toFixed(2)} MB into ${(packed / 1e6).toFixed(2)} MB`);
