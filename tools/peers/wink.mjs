// Reads texts, a JSON string a line, and writes the words of each with their tags.
import { readFileSync, writeSync } from "node:fs";
import winkNLP from "wink-nlp";
import model from "wink-eng-lite-web-model";

const nlp = winkNLP(model, ["sbd", "pos"]);
const its = nlp.its;
for (const line of readFileSync(0, "utf8").split("\n")) {
  if (!line) continue;
  const text = JSON.parse(line);
  const out = [];
  let chars = 0, bytes = 0;
  nlp.readDoc(text).tokens().each((t) => {
    const value = t.out();
    const at = text.indexOf(value, chars);
    if (at < 0 || at > chars + 40) return;
    const start = bytes + Buffer.byteLength(text.slice(chars, at));
    bytes = start + Buffer.byteLength(value);
    chars = at + value.length;
    out.push({ Start: start, End: bytes, Tag: t.out(its.pos) });
  });
  writeSync(1, JSON.stringify(out) + "\n");
}
