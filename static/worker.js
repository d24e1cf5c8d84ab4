// Stands behind the importers' module in one worker. The page sends the module first, then calls by name, one at a
// time; each is answered with what it gave, or with why it stopped.

let module;

self.onmessage = async ({ data }) => {
  try {
    if (data.wasm) module = wasm_bindgen({ module_or_path: data.wasm });
    await module;
    const value = data.call ? wasm_bindgen[data.call](...data.given) : null;
    self.postMessage({ value }, value instanceof Uint8Array ? [value.buffer] : []);
  } catch (error) {
    // A refusal is a string; anything else is a fault of the module, which must not be called again.
    self.postMessage({ error: String(error), refused: typeof error === "string" });
  }
};
