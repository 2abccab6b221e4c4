// Starts the program. Its files are named, with their hashes, by the preloads
// that the build adds to the head, so this script needs no build step of its
// own and the page needs no inline script.

function preload(selector) {
  return document.head.querySelector(`link${selector}`);
}

function load(link) {
  return fetch(link.href, { integrity: link.integrity });
}

async function bytes(link) {
  try {
    return await (await load(link)).arrayBuffer();
  } catch (error) {
    throw new Error(`${link.href} did not arrive whole (${error.message})`);
  }
}

// A release packs the program, and then the one .wasm file is the unpacker.
async function unpack(packedLink, unpackerLink) {
  const [packed, unpacker] = await Promise.all([bytes(packedLink), bytes(unpackerLink)]);
  const { instance } = await WebAssembly.instantiate(unpacker);
  const { memory, reserve, unpack } = instance.exports;
  const from = reserve(packed.byteLength);
  new Uint8Array(memory.buffer).set(new Uint8Array(packed), from);
  const length = unpack(from, packed.byteLength);
  if (!length) throw new Error(`${packedLink.href} is damaged`);
  return new Uint8Array(memory.buffer).subarray(-length);
}

async function start() {
  const code = preload('[rel="modulepreload"][href$=".js"]');
  const wasm = preload('[rel="preload"][href$=".wasm"]');
  const packed = preload('[rel="preload"][href$=".lzma"]');
  if (!code || !wasm) throw new Error("the page lacks its program: was it built?");
  const program = packed ? unpack(packed, wasm) : load(wasm);
  const [{ default: init }, module_or_path] = await Promise.all([import(code.href), program]);
  await init({ module_or_path });
}

start().catch((error) => {
  const message = document.createElement("p");
  message.setAttribute("role", "alert");
  message.textContent = `Raftarium could not start: ${error.message}`;
  document.body.append(message);
  throw error;
});
