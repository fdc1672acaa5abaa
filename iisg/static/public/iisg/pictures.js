// A picture comes alive while it is pointed at: the same specification, run by Vega with its interpreter, so that the
// page needs no eval. Without this script, on paper, for the keyboard and on a narrow page the still picture stays.
let runtime;

function load(name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(name, import.meta.url).href;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

async function vega() {
  await load("vega.min.js");
  const { expressionInterpreter } = await import("./vega-interpreter.js");
  return { ...globalThis.vega, expr: expressionInterpreter };
}

async function draw(picture) {
  runtime ??= vega();
  const [{ View, parse, expr }, answer] = await Promise.all([runtime, fetch(picture.dataset.iisgLive)]);
  if (!answer.ok) {
    return;
  }
  const live = document.createElement("div");
  live.className = "iisg-picture__live";
  live.setAttribute("aria-hidden", "true");
  const view = new View(parse(await answer.json(), null, { ast: true }), { container: live, renderer: "svg", hover: true, expr });
  await view.runAsync();
  picture.querySelector(".iisg-picture__still").after(live);
  picture.dataset.iisgDrawn = "";
}

for (const picture of document.querySelectorAll("[data-iisg-live]")) {
  picture.addEventListener("pointerenter", () => {
    if (!picture.querySelector(".iisg-picture__still").getClientRects().length) {
      return;
    }
    picture.drawing ??= draw(picture).catch(() => {});
    picture.classList.add("iisg-picture--pointed");
  });
  picture.addEventListener("pointerleave", () => picture.classList.remove("iisg-picture--pointed"));
}
