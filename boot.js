// Starts the programs: the page's own, and that of the lab, in the page and in its workers. The
// content security policy allows no inline script, and Trunk's initializer is one: it offers a
// nonce, but a static page would give every visitor the same. So this file does what the
// initializer does. The build preloads the files of the page's program, with hashed names, in the
// head. The page names those of the lab, to this script or to a worker that runs it.

function preloaded(selector) {
  const link = document.head.querySelector(`link${selector}`);
  if (!link) throw new Error("the page lacks its program: was it built?");
  return link.href;
}

async function start({ code, wasm }) {
  // Without `integrity`: the browser would hold the response back until all of it has arrived, and
  // would neither compile it while it streams nor cache the compiled code. The name holds its hash.
  const response = fetch(wasm);
  const [{ default: init }, module_or_path] = await Promise.all([import(code), response]);
  await init({ module_or_path });
}

async function startPage() {
  const code = preloaded('[rel="modulepreload"][href$=".js"]');
  await start({ code, wasm: preloaded('[rel="preload"][href$=".wasm"]') });
}

if (typeof document === "undefined") {
  // The page hears of an error that nobody catches, but not of a rejected promise.
  const fail = (error) => setTimeout(() => { throw error; });
  addEventListener("message", ({ data }) => start(data).catch(fail), { once: true });
} else {
  // The page starts the lab with it.
  globalThis.startRaftariumProgram = start;
  startPage().catch((error) => {
    const message = document.createElement("p");
    message.setAttribute("role", "alert");
    message.textContent = `Raftarium could not start: ${error.message}`;
    document.body.append(message);
    throw error;
  });
}
