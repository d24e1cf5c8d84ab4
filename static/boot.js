// Starts the program. Trunk writes the names of its files into the attributes of this script's element.
// The program sets `data-ready` on <html> once the article answers to keys.

const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
const here = (path) => new URL(path, document.baseURI);

try {
  const { default: start } = await import(here(js));
  await start({ module_or_path: here(wasm) });
} catch (error) {
  document.querySelector("#app").hidden = true;
  document.querySelector("#failed").hidden = false;
  throw error;
}
