// A client whose types are generated from /openapi.json. It compiles only where the description is complete, and
// runs only where the server answers as described. BASE is the address of the server.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

const api = createClient<paths>({ baseUrl: process.env.BASE });

function check(ok: unknown, what: string): asserts ok {
  if (!ok) throw new Error(what);
}

// A whole list, page by page.
let after: string | undefined;
const events: components["schemas"]["FactJSON"][] = [];
do {
  const { data, error } = await api.GET("/api/v1/events", { params: { query: { actor: ["IDN"], limit: 5, after } } });
  check(data, `events: ${JSON.stringify(error)}`);
  events.push(...(data.items ?? []));
  after = data.next;
} while (after);
check(events.length > 5, `only ${events.length} events`);
const first = events[0];
check(first.words && first.story && first.lang && first.coder, "an event without its words");

// The story behind a fact, whose offsets are code points.
const story = await api.GET("/api/v1/stories/{key}", { params: { path: { key: first.story } } });
check(story.data, "no story");
const quotation = story.data.quotations?.[0];
const text = [...story.data.story.text];
check(!quotation || text.slice(quotation.content![0].start, quotation.content![0].end).length > 0, "a quotation outside the text");

// Other questions.
const people = await api.GET("/api/v1/people", { params: { query: { name: "Wibisono" } } });
check(people.data?.items?.[0].ref.startsWith("person:"), "nobody is called Wibisono");
const dyads = await api.GET("/api/v1/dyads", { params: { query: { limit: 3 } } });
check(dyads.data?.items?.length === 3, "dyads");
const counts = await api.GET("/api/v1/counts", { params: { query: { actor: "IDN" } } });
check(counts.data?.items?.length, "counts");

// A problem is a document that says what is wrong.
const bad = await api.GET("/api/v1/pledges", { params: { query: { since: "yesterday" } } });
check(bad.error?.status === 422 && bad.error.detail, "a bad question is answered");

// A story is read.
const read = await api.POST("/api/v1/read", { body: { text: process.env.TEXT, published: "2024-04-10" } });
check(read.data?.events?.[0].type === "CONSULT", `read: ${JSON.stringify(read.error)}`);
console.log(`${events.length} events`);
