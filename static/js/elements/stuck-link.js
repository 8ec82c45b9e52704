// "Stuck here?" says so at once and shows the ways on below the step; without an answer the link leads to its page.
document.addEventListener("click", async (event) => {
  const link = event.target.closest(".step-stuck");
  const page = document.querySelector("read-beacon[data-stuck]");
  if (!link || !page || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const step = new URL(link.href).searchParams.get("stuck");
  try {
    const answer = await fetch(`${page.dataset.stuck}/${step}`, { method: "POST", body: new URLSearchParams({ token: page.dataset.token }), headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const came = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("stuck");
    const ways = make("div", { class: "stuck-ways", tabindex: -1 });
    ways.append(...[...came.querySelectorAll("[role=status], .doors")].map((part) => document.adoptNode(part)));
    link.replaceWith(ways);
    ways.focus({ preventScroll: true });
  } catch {
    location.assign(link.href);
  }
});
