// What this device remembers. Storage may be full, forbidden or foreign: then nothing is remembered and nothing breaks.
const device = {
  get(name, fallback = null, store = "localStorage") {
    try { return JSON.parse(window[store].getItem(`hc.${name}`)) ?? fallback; } catch { return fallback; }
  },
  set(name, value, store = "localStorage") {
    try {
      if (value === null) window[store].removeItem(`hc.${name}`);
      else window[store].setItem(`hc.${name}`, JSON.stringify(value));
    } catch { /* nothing is kept */ }
  },
};
