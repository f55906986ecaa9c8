// Strength cards, one at a time. The next card comes at once; an answer that the network does not take waits in
// this page and goes out once, in its turn. Nothing is kept in the browser after the page is closed.
(() => {
  "use strict";

  const deck = document.querySelector("[data-deck]");
  const form = deck && deck.querySelector("[data-deck-form]");
  if (!form || !window.fetch || !window.crypto) return;

  const FIRST_WAIT = 2000;
  const LONGEST_WAIT = 60000;
  const part = (name, root = deck) => root.querySelector(`[data-deck-${name}]`);
  const status = part("status");
  const back = part("back");
  const ahead = part("ahead");
  const queue = [];
  const past = [];
  let goal = Number(deck.dataset.goal);
  const secondsForCard = Number(deck.dataset.seconds);
  let number = Number(deck.dataset.number);
  let wait = FIRST_WAIT;
  let isSending = false;
  let timer;

  const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const inWords = (text, value) => text.replace("{number}", value);

  // A card as a list item, read from what a page shows.
  const readCard = (root) => {
    const item = document.createElement("li");
    const shown = root.querySelector("[data-deck-card]");
    item.dataset.card = root.querySelector("input[name=card]").value;
    item.dataset.icon = shown.dataset.icon;
    const text = document.createElement("span");
    text.textContent = part("text", shown).textContent;
    const hint = document.createElement("small");
    hint.textContent = part("hint", shown).textContent;
    item.append(text, hint, root.querySelector("[data-deck-form] > [data-deck-answers]").cloneNode(true));
    return item;
  };

  // The pictures are fetched once, so that they are there while the network is away.
  let pictures = null;
  fetch(deck.dataset.icons).then(async (response) => {
    pictures = new DOMParser().parseFromString(await response.text(), "image/svg+xml");
  }).catch(() => {});

  const draw = (name) => {
    const svg = part("card").querySelector("svg");
    const symbol = pictures && pictures.getElementById(name);
    if (symbol) {
      svg.setAttribute("viewBox", symbol.getAttribute("viewBox"));
      svg.replaceChildren(...symbol.cloneNode(true).childNodes);
    } else {
      const use = document.createElementNS(svg.namespaceURI, "use");
      use.setAttribute("href", `${deck.dataset.icons}#${name}`);
      svg.removeAttribute("viewBox");
      svg.replaceChildren(use);
    }
  };

  const mark = (answers, value) => {
    answers.querySelectorAll("button").forEach((button) => {
      const isChosen = button.value === value;
      button.classList.toggle("ghost", !isChosen);
      button.querySelectorAll(".icon, .visually-hidden").forEach((old) => old.remove());
      if (!isChosen) return;
      const note = document.createElement("span");
      note.className = "visually-hidden";
      note.textContent = ` (${deck.dataset.chosen})`;
      button.append(note);
    });
  };

  const show = (item, answer) => {
    form.querySelector("input[name=card]").value = item.dataset.card;
    part("card").dataset.icon = item.dataset.icon;
    draw(item.dataset.icon);
    const heading = part("text");
    heading.textContent = item.querySelector("span").textContent;
    part("hint").textContent = item.querySelector("small").textContent;
    const answers = part("answers", item).cloneNode(true);
    if (answer) mark(answers, answer);
    form.querySelector(":scope > [data-deck-answers]").replaceWith(answers);
    const [count, left] = deck.querySelectorAll(".meter span");
    count.textContent = inWords(deck.dataset.count, number);
    left.textContent = inWords(deck.dataset.left, Math.max(1, Math.round(((goal - number + 1) * secondsForCard) / 60)));
    deck.querySelector("progress").value = number - 1;
    document.title = document.title.replace(/^.* – /, `${heading.textContent} – `);
    back.hidden = !past.length && !back.getAttribute("href");
    heading.focus();
    window.scrollTo(0, 0);
  };

  const goOn = () => {
    const item = ahead.firstElementChild;
    if (item) {
      item.remove();
      show(item);
    } else if (queue.length) {
      tellWaiting();
    } else {
      window.location.assign(form.action);
    }
  };

  const tellWaiting = () => { status.textContent = inWords(deck.dataset.waiting, queue.length); };

  // A fresh page after an answer was kept: its cards follow the one that is being looked at.
  const take = (page) => {
    const token = page.querySelector("input[name=csrf_token]");
    if (token) document.querySelectorAll("input[name=csrf_token]").forEach((field) => { field.value = token.value; });
    const told = part("told", page);
    if (told && part("told", document)) part("told", document).replaceWith(told);
    if (queue.length || !part("ahead", page)) return;
    goal = Number(page.querySelector("[data-deck]").dataset.goal);
    deck.querySelector("progress").max = goal;
    const known = new Set([form.querySelector("input[name=card]").value, ...past.map((one) => one.item.dataset.card)]);
    const items = [readCard(page), ...part("ahead", page).children].filter((item) => !known.has(item.dataset.card));
    ahead.replaceChildren(...items);
  };

  const later = () => {
    tellWaiting();
    window.clearTimeout(timer);
    timer = window.setTimeout(send, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };

  const post = (one) => {
    const token = form.querySelector("input[name=csrf_token]").value;
    const body = new URLSearchParams({ csrf_token: token, form_key: one.key, card: one.card, answer: one.answer });
    return fetch(form.action, { method: "POST", body });
  };

  const parse = async (response) => new DOMParser().parseFromString(await response.text(), "text/html");

  const send = async () => {
    if (isSending) return;
    isSending = true;
    const wasWaiting = Boolean(status.textContent);
    let hasFailed = false;
    while (queue.length && !hasFailed) {
      try {
        let response = await post(queue[0]);
        if (response.status === 400) {
          // The page has been open for so long that its token is old.
          take(await parse(await fetch(form.action)));
          response = await post(queue[0]);
        }
        if (response.status === 404) {
          // The link has ended: its page tells how to get a new one.
          queue.length = 0;
          window.location.reload();
          return;
        }
        hasFailed = !response.ok;
        if (response.ok) {
          queue.shift();
          wait = FIRST_WAIT;
          take(await parse(response));
        }
      } catch {
        hasFailed = true;
      }
    }
    isSending = false;
    if (hasFailed) later();
    else if (wasWaiting) status.textContent = deck.dataset.saved;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!event.submitter) return;
    const item = readCard(document);
    const answer = event.submitter.value;
    past.push({ item, answer });
    queue.push({ card: item.dataset.card, answer, key: newKey() });
    number += 1;
    goOn();
    send();
  });

  back.addEventListener("click", (event) => {
    const last = past.pop();
    if (!last) return;
    event.preventDefault();
    ahead.prepend(readCard(document));
    number -= 1;
    show(last.item, last.answer);
  });

  window.addEventListener("online", send);
  window.addEventListener("beforeunload", (event) => { if (queue.length) event.preventDefault(); });
})();
