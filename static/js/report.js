// Reports what a page saw. A new browser gets its cookie with the first answer; until then what it reports, maybe from
// two pages, carries one number of the tab's own, so that it is not taken for two browsers.
const report = (url, token, act) => {
  report.browser ??= device.get("browser", null, "sessionStorage")
    ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  device.set("browser", report.browser, "sessionStorage");
  navigator.sendBeacon(url, new URLSearchParams({ token, act, browser: report.browser }));
};
