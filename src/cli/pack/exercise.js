// An exercise in a learning platform: Raftarium in a frame, and its goals as a SCORM 1.2 score.
"use strict";

const exercise = JSON.parse(document.getElementById("exercise").textContent);
const frame = document.getElementById("page");
const SUSPEND_LENGTH_MAX = 4096;
const LOOK_EVERY_MS = 1000;

// The platform's object `API` is in a window around this one, or around the one that opened it.
function findApi() {
  const search = (from) => {
    let current = from;
    for (let depth = 0; current && depth < 100; depth += 1) {
      try {
        if (current.API && typeof current.API.LMSInitialize === "function") return current.API;
      } catch {
        return null; // A window of another origin.
      }
      if (current.parent === current) return null;
      current = current.parent;
    }
    return null;
  };
  const around = (from) => {
    try {
      return from.opener ? search(from.opener) : null;
    } catch {
      return null;
    }
  };
  return search(window) ?? around(window) ?? around(window.top);
}

const platform = {
  api: null,
  best: 0,
  passed: false,
  saved: null,
  began: Date.now(),

  begin() {
    this.api = findApi();
    if (!this.api) {
      return problem("No learning platform was found around this page. Your score is not kept.");
    }
    if (String(this.api.LMSInitialize("")) !== "true") {
      this.api = null;
      return problem("The learning platform did not start. Your score is not kept.");
    }
    const status = this.get("cmi.core.lesson_status");
    this.passed = status === "passed" || status === "completed";
    this.best = Number(this.get("cmi.core.score.raw")) || 0;
    this.saved = this.get("cmi.suspend_data");
    this.set("cmi.core.score.min", "0");
    this.set("cmi.core.score.max", "100");
    if (!this.passed) this.set("cmi.core.lesson_status", "incomplete");
    this.commit();
  },

  get(name) {
    return this.api ? String(this.api.LMSGetValue(name) ?? "") : "";
  },

  set(name, value) {
    if (!this.api || String(this.api.LMSSetValue(name, value)) === "true") return;
    const code = this.api.LMSGetLastError();
    const text = this.api.LMSGetErrorString?.(code) ?? "";
    problem(`The learning platform did not keep ${name}: ${text || `error ${code}`}.`);
  },

  commit() {
    this.api?.LMSCommit("");
  },

  // The best score counts: it is never lowered.
  report(points, won) {
    const isFirst = this.get("cmi.core.score.raw") === "";
    if (points > this.best || isFirst) {
      this.best = Math.max(points, this.best);
      this.set("cmi.core.score.raw", String(this.best));
    }
    if (won && !this.passed) {
      this.passed = true;
      this.set("cmi.core.lesson_status", "passed");
    }
    this.commit();
  },

  save(data) {
    if (data === this.saved) return;
    if (data.length > SUSPEND_LENGTH_MAX) {
      return problem("You did too much for the learning platform to keep. Your score is kept.");
    }
    this.saved = data;
    this.set("cmi.suspend_data", data);
    this.commit();
  },

  end() {
    if (!this.api) return;
    const seconds = Math.floor((Date.now() - this.began) / 1000);
    const two = (number) => String(number).padStart(2, "0");
    const hours = String(Math.floor(seconds / 3600)).padStart(4, "0");
    const spent = `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    this.set("cmi.core.session_time", spent);
    this.set("cmi.core.exit", this.passed ? "" : "suspend");
    this.commit();
    this.api.LMSFinish("");
    this.api = null;
  },
};

function problem(text) {
  document.getElementById("problem").textContent = text;
}

// Calls of docs/embedding.md, as messages to the frame.
const waiting = new Map();
let count = 0;

function ask(call, ...args) {
  return new Promise((resolve, reject) => {
    waiting.set((count += 1), { resolve, reject });
    frame.contentWindow.postMessage({ type: "raftarium", id: count, call, args }, "*");
  });
}

let begun = false;

addEventListener("message", ({ source, data }) => {
  if (source !== frame.contentWindow || data?.type !== "raftarium") return;
  if (data.event === "ready") void begin();
  else if (data.event) void look();
  const call = waiting.get(data.id);
  if (!call) return;
  waiting.delete(data.id);
  if (data.ok) call.resolve(data.value);
  else call.reject(new Error(data.error));
});

// Where the student stopped: the time in microseconds, and the actions, a line each.
function readSaved() {
  const [time, ...actions] = (platform.saved ?? "").split("\n");
  if (!/^\d+$/.test(time)) return null;
  return { timeUs: Number(time), actions: actions.join("\n") };
}

async function begin() {
  if (begun) return;
  begun = true;
  const saved = readSaved();
  try {
    await ask("load", exercise.script + (saved?.actions ?? ""));
    if (saved) await ask("seek", saved.timeUs);
  } catch (error) {
    problem(`What you did last time could not be opened: ${error.message}`);
    await ask("load", exercise.script);
  }
  await look();
  setInterval(look, LOOK_EVERY_MS);
}

// Whether these lines of a script do something: all but the time at which they end.
function hasActed(actions) {
  const isEnd = (line) => /^(by-hand|at \S+( after \d+)? stop)?$/.test(line);
  return !actions.split("\n").every(isEnd);
}

let isLooking = false;

// Reads the goals, and reports what they are worth.
async function look() {
  if (!begun || isLooking) return;
  isLooking = true;
  try {
    const [state, script] = [await ask("state"), await ask("script")];
    const isExercise = script.startsWith(exercise.script);
    document.getElementById("again").hidden = isExercise;
    if (isExercise) {
      const reached = state.goals.filter((goal) => goal.won).length;
      const actions = script.slice(exercise.script.length);
      // Goals that hold from the start are worth nothing before the student acts.
      const counts = hasActed(actions) && !state.forbidden.length;
      const won = counts && state.won === true;
      // A right claim that the goals cannot be reached wins without them.
      const points = won ? 100 : counts ? Math.round((100 * reached) / exercise.goals) : 0;
      platform.report(points, won);
      // Without an action, there is nothing to continue but a story: its place is kept, too.
      platform.save(`${state.time}\n${actions}`.slice(0, SUSPEND_LENGTH_MAX + 1));
    }
    const text = isExercise
      ? `Score: ${platform.best} of 100${platform.passed ? ", passed" : ""}.`
      : `Score: ${platform.best} of 100. What is open now is not the exercise, and does not count.`;
    const line = document.getElementById("score");
    if (line.textContent !== text) line.textContent = text;
  } catch (error) {
    problem(`The page does not answer: ${error.message}`);
  } finally {
    isLooking = false;
  }
}

document.getElementById("again").addEventListener("click", () => {
  void ask("load", exercise.script).then(look);
});
addEventListener("pagehide", () => platform.end());
addEventListener("beforeunload", () => platform.end());

platform.begin();
frame.src = exercise.page;
// A page that was ready before this script listened says so again.
frame.addEventListener("load", () => void ask("ping").then(begin));
