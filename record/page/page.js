(function () {
  var pinned = null;
  function each(list, f) { Array.prototype.forEach.call(list, f); }
  function dark() { each(document.querySelectorAll(".lit"), function (n) { n.classList.remove("lit"); }); }
  function light(ids) {
    dark();
    each(document.querySelectorAll("[data-f]"), function (n) {
      if (n.dataset.f.split(" ").some(function (id) { return ids.indexOf(id) >= 0; })) n.classList.add("lit");
    });
    ids.forEach(function (id) { var n = document.getElementById(id); if (n) n.classList.add("lit"); });
  }
  function idsOf(node) {
    var n = node.closest("[data-f]");
    if (n) return n.dataset.f.split(" ");
    n = node.closest(".fact");
    return n ? [n.id] : null;
  }
  document.addEventListener("mouseover", function (e) { var ids = idsOf(e.target); if (ids) light(ids); else if (pinned) light(pinned); else dark(); });
  document.addEventListener("focusin", function (e) { var ids = idsOf(e.target); if (ids) light(ids); });
  function pin(target, jump) {
    pinned = idsOf(target);
    if (!pinned) return dark();
    light(pinned);
    var inText = target.closest("[data-f]");
    var other = inText ? document.getElementById(pinned[pinned.length - 1]) : document.querySelector("article .lit");
    if (jump && other) other.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }
  document.addEventListener("click", function (e) { pin(e.target, true); });
  document.addEventListener("keydown", function (e) { if (e.key === "Enter") pin(e.target, true); if (e.key === "Escape") { pinned = null; dark(); } });
})();
