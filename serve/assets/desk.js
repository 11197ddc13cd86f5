
/* Keys of the desk: g and a letter goes to a tab, / to the search, j and k walk a list, Enter opens.
   A reviewer accepts (a), rejects (r), corrects (c) the fact that has the focus, or takes a decision back (u); y copies its words with their source. */
(function () {
  var wait = 0;
  function typing(n) { return /^(INPUT|TEXTAREA|SELECT)$/.test(n.tagName) || n.isContentEditable; }
  function current() { return document.activeElement && document.activeElement.closest("[data-item], .fact"); }
  function walk(step) {
    var list = Array.prototype.slice.call(document.querySelectorAll(".content [data-item], .content .fact"));
    if (!list.length) return;
    var at = list.indexOf(current());
    var next = list[Math.max(0, Math.min(list.length - 1, at + step))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }
  function judgeOf(n) {
    if (!n) return null;
    var page = n.closest(".record-page[data-judge]");
    return n.getAttribute("data-judge") || (page && n.id ? page.getAttribute("data-judge") + encodeURIComponent(n.id) : null);
  }
  function decide(n, what) {
    var at = judgeOf(n);
    if (!at) return false;
    fetch(at, { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json" }, body: "what=" + what }).then(function (resp) {
      n.classList.remove("accepted", "rejected", "corrected");
      if (!resp.ok) { n.classList.add("failed"); return; }
      if (what !== "undecided") n.classList.add(what);
      var said = document.getElementById("said"), sign = n.querySelector(".badge, .what");
      if (said && sign) said.textContent = sign.textContent + ": " + ({ accepted: "✓", rejected: "✗", undecided: "↶" })[what];
      walk(1);
    }, function () { n.classList.add("failed"); });
    return true;
  }
  function copy(n) {
    var words = n && n.getAttribute("data-cite"), b = n && n.querySelector(".cite");
    if (words && navigator.clipboard) navigator.clipboard.writeText(words).then(function () { if (b) b.classList.add("done"); }, function () {});
  }
  if (navigator.clipboard) Array.prototype.forEach.call(document.querySelectorAll(".cite"), function (b) { b.hidden = false; });
  document.addEventListener("click", function (e) { var b = e.target.closest(".cite"); if (b) copy(b.closest("[data-cite]")); });
  var live = document.getElementById("live");
  if (live && window.EventSource) {
    var fresh = 0;
    var stream = new EventSource(live.getAttribute("data-live"));
    stream.addEventListener("fact", function () { fresh++; live.hidden = false; live.querySelector("b").textContent = fresh; });
    addEventListener("pagehide", function () { stream.close(); });
  }
  document.addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey || typing(e.target)) return;
    if (Date.now() < wait) {
      var a = document.querySelector('[data-go="' + CSS.escape(e.key) + '"]');
      wait = 0;
      if (a) { e.preventDefault(); a.click(); }
      return;
    }
    switch (e.key) {
      case "g": wait = Date.now() + 1200; break;
      case "j": walk(1); break;
      case "k": walk(-1); break;
      case "a": if (decide(current(), "accepted")) e.preventDefault(); break;
      case "r": if (decide(current(), "rejected")) e.preventDefault(); break;
      case "u": if (decide(current(), "undecided")) e.preventDefault(); break;
      case "y": copy(current()); break;
      case "Enter":
        var item = document.activeElement, open = item && item.matches("[data-item]") && item.querySelector("a.badge, .foot a, a");
        if (open) { e.preventDefault(); open.click(); }
        break;
      case "c": var at = judgeOf(current()); if (at) { e.preventDefault(); location.href = at; } break;
      case "/": var q = document.querySelector('input[type="search"]'); if (q) { e.preventDefault(); q.focus(); } break;
    }
  });
})();
