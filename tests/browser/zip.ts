// Writes ZIP archives for tests: files as they are, without packing, so that nothing else is needed.

const TABLE = Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});

function crc32(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff]! ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

function record(signature: number, fields: [size: 2 | 4, value: number][], ...tail: Buffer[]): Buffer {
  const head = Buffer.alloc(4 + fields.reduce((sum, [size]) => sum + size, 0));
  head.writeUInt32LE(signature, 0);
  let at = 4;
  for (const [size, value] of fields) {
    head.writeUIntLE(value, at, size);
    at += size;
  }
  return Buffer.concat([head, ...tail]);
}

/** An archive of these files. */
export function zip(files: Record<string, string | Buffer>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(files)) {
    const [name, bytes] = [Buffer.from(path), Buffer.from(content)];
    // Version, flags (names are UTF-8), no packing, time, date, sum, sizes, length of the name.
    const common: [2 | 4, number][] = [[2, 20], [2, 0x800], [2, 0], [2, 0], [2, 33], [4, crc32(bytes)], [4, bytes.length], [4, bytes.length], [2, name.length], [2, 0]];
    const part = record(0x04034b50, common, name, bytes);
    directory.push(record(0x02014b50, [[2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]], name));
    parts.push(part);
    offset += part.length;
  }
  const listed = Buffer.concat(directory);
  const count = directory.length;
  const end = record(0x06054b50, [[2, 0], [2, 0], [2, count], [2, count], [4, listed.length], [4, offset], [2, 0]]);
  return Buffer.concat([...parts, listed, end]);
}
