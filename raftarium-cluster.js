// <raftarium-cluster>: a Raft cluster of Raftarium in any page. Copy this file, or load it from
// where Raftarium is hosted. docs/embedding.md describes the attributes, the methods and the
// events.

const HERE = new URL("./", import.meta.url).href;
const CALLS = "load exec run state hash seek play pause speed script link".split(" ");
/** Attributes that are parameters of the page's address. */
const PARAMETERS = ["show", "theme", "autoplay"];

class RaftariumCluster extends HTMLElement {
  static observedAttributes = ["src", "script", "link", ...PARAMETERS];

  #frame = document.createElement("iframe");
  #waiting = new Map();
  #count = 0;
  /** Resolves when the page in the frame accepts calls. */
  #ready = Promise.resolve();
  #begin = () => {};
  #listen = (message) => this.#receive(message);
  #renewal = 0;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet();
    style.replaceSync(
      ":host { display: block; width: 640px; max-width: 100%; height: 360px }" +
        ":host([hidden]) { display: none }" +
        "iframe { width: 100%; height: 100%; border: 0 }",
    );
    shadow.adoptedStyleSheets = [style];
    shadow.append(this.#frame);
  }

  connectedCallback() {
    addEventListener("message", this.#listen);
    this.#open();
  }

  disconnectedCallback() {
    removeEventListener("message", this.#listen);
    this.#forget("the element was removed");
  }

  attributeChangedCallback(name, before, after) {
    if (!this.isConnected || before === after) return;
    // Several attributes may change at once.
    const renewal = ++this.#renewal;
    queueMicrotask(() => renewal === this.#renewal && this.isConnected && this.#open());
  }

  /** Calls a function of `window.raftarium`; see docs/embedding.md. */
  async call(call, ...args) {
    await this.#ready;
    return this.#post(call, args);
  }

  #open() {
    this.#forget("another page was opened");
    this.#ready = new Promise((resolve) => (this.#begin = resolve));
    const address = new URL(this.getAttribute("src") ?? HERE, document.baseURI);
    address.searchParams.set("embed", "1");
    for (const name of PARAMETERS) {
      if (this.hasAttribute(name)) address.searchParams.set(name, this.getAttribute(name));
    }
    // A link is a whole address or the part after its `#`.
    const link = this.getAttribute("link") ?? "";
    address.hash = link.slice(link.indexOf("#") + 1);
    // A new frame, because a frame does not load again where only the part after `#` changes.
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts allow-downloads");
    frame.title = this.getAttribute("aria-label") ?? "A Raft cluster";
    frame.src = address.href;
    this.#frame.replaceWith(frame);
    this.#frame = frame;
  }

  async #start() {
    const script = this.getAttribute("script");
    if (script === null) return;
    try {
      await this.#post("load", [script]);
      if (this.getAttribute("autoplay") === "1") await this.#post("play");
    } catch (error) {
      this.dispatchEvent(new CustomEvent("error", { detail: error.message }));
    }
  }

  #post(call, args = []) {
    const id = ++this.#count;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#frame.contentWindow?.postMessage({ type: "raftarium", id, call, args }, "*");
    return answer;
  }

  #receive({ source, data }) {
    if (source !== this.#frame.contentWindow || data?.type !== "raftarium") return;
    if (data.event === "ready" && this.#begin) {
      const begin = this.#begin;
      this.#begin = null;
      this.#start().then(begin);
    }
    if (data.event) {
      const detail = { type: data.event, time: data.time };
      this.dispatchEvent(new CustomEvent("raftarium", { detail, bubbles: true, composed: true }));
    }
    const waiting = this.#waiting.get(data.id);
    if (!waiting) return;
    this.#waiting.delete(data.id);
    if (data.ok) waiting.resolve(data.value);
    else waiting.reject(new Error(data.error));
  }

  #forget(why) {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(new Error(why));
  }
}

for (const call of CALLS) {
  RaftariumCluster.prototype[call] = function (...args) {
    return this.call(call, ...args);
  };
}

if (!customElements.get("raftarium-cluster")) {
  customElements.define("raftarium-cluster", RaftariumCluster);
}
