
/* Keys of the desk: g and a letter goes to a tab, / to the search, j and k walk a list, Enter opens. */
(function () {
  var wait = 0;
  function typing(n) { return /^(INPUT|TEXTAREA|SELECT)$/.test(n.tagName) || n.isContentEditable; }
  function walk(step) {
    var list = Array.prototype.slice.call(document.querySelectorAll(".content [data-item], .content .fact"));
    if (!list.length) return;
    var at = list.indexOf(document.activeElement && document.activeElement.closest("[data-item], .fact"));
    var next = list[Math.max(0, Math.min(list.length - 1, at + step))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
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
      case "/": var q = document.querySelector('input[type="search"]'); if (q) { e.preventDefault(); q.focus(); } break;
    }
  });
})();
