// Starts the program. Both of its files are named, with their hashes, by the
// preloads that the build adds to the head, so this script needs no build step
// of its own and the page needs no inline script.

function preload(selector) {
  const link = document.head.querySelector(selector);
  if (!link) throw new Error(`the page lacks ${selector}: was it built?`);
  return link;
}

async function start() {
  const code = preload('link[rel="modulepreload"][href$=".js"]');
  const wasm = preload('link[rel="preload"][href$=".wasm"]');
  const { default: init } = await import(code.href);
  await init({ module_or_path: fetch(wasm.href, { integrity: wasm.integrity }) });
}

start().catch((error) => {
  const message = document.createElement("p");
  message.setAttribute("role", "alert");
  message.textContent = `Raftarium could not start: ${error.message}`;
  document.body.append(message);
  throw error;
});
