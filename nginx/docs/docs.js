// Shows /openapi.json, and lets a browser try it. Everything is put in as text; the token stays in this page.

/** Reads JSON so that it can be written again with every number as it was, also beyond 2^53. */
const parsed = (text) => JSON.parse(text, (_, value, context) =>
  (typeof value === "number" && context?.source !== undefined && String(value) !== context.source && JSON.rawJSON
    ? JSON.rawJSON(context.source) : value));

const document_ = parsed(await (await fetch("/openapi.json")).text());

/** What a `$ref` of the document points to. */
const resolved = (value) =>
  value?.$ref ? resolved(value.$ref.slice(2).split("/").reduce((at, key) => at[key], document_)) : value;

/** An element with properties and children. */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

const shown = (value) => JSON.stringify(value);

/** "1 to 9 characters"; undefined without bounds, or with one that says no more than that it is an integer. */
function bounds(lowest, highest, unit = "") {
  const isSaid = (bound) => typeof bound === "number" && Math.abs(bound) <= Number.MAX_SAFE_INTEGER;
  const [low, high] = [lowest, highest].map((bound) => (isSaid(bound) ? bound : undefined));
  const text = low !== undefined && high !== undefined ? `${low} to ${high}`
    : low !== undefined ? `at least ${low}` : high !== undefined ? `at most ${high}` : undefined;
  return text && `${text} ${unit}`.trim();
}

/** What a value may be, in words; `deep`: in how many arrays it is. */
function kind(schema, deep = 0) {
  schema = resolved(schema);
  const said = schema.const !== undefined ? shown(schema.const)
    : schema.enum ? schema.enum.map(shown).join(" or ") : [schema.type ?? "anything"].flat().join(" or ");
  const parts = [
    schema.items && deep < 3 ? `${said} of ${kind(schema.items, deep + 1)}` : said, schema.format,
    bounds(schema.minimum, schema.maximum), bounds(schema.minLength, schema.maxLength, "characters"),
    bounds(schema.minItems, schema.maxItems, "elements"), bounds(schema.minProperties, schema.maxProperties, "members"),
    schema.default !== undefined ? `${shown(schema.default)} unless given` : undefined,
  ];
  return parts.filter(Boolean).join(", ");
}

/**
 * The members of a schema, theirs within them.
 *
 * @param {string[]} above the references that contain it: one of these is named and not followed, else it had no end
 */
function shape(schema, above = []) {
  const reference = schema.$ref;
  if (above.includes(reference)) return element("small", {}, `${reference.split("/").at(-1)}, as above`);
  if (reference) return shape(reference.slice(2).split("/").reduce((at, key) => at[key], document_), [...above, reference]);
  if (schema.items) return shape(schema.items, above);
  const members = Object.entries(schema.properties ?? {}).map(([name, member]) => {
    const { description } = { ...resolved(member), ...member };
    return element("li", {}, element("code", {}, name),
      element("span", {}, ` ${kind(member)}${schema.required?.includes(name) ? ", required" : ""}`),
      description && element("small", {}, description), shape(member, above));
  });
  const choices = (schema.anyOf ?? schema.oneOf)?.flatMap(({ required }) => required ?? []);
  if (choices?.length) members.push(element("li", {}, `At least one of ${choices.join(", ")}`));
  return members.length ? element("ul", { className: "shape" }, ...members) : undefined;
}

/** What is taken or answered: media type and kind, and its members. */
const described = ([type, { schema }]) => [element("p", {}, `${type}: ${kind(schema)}`), shape(schema)];

/** All answers of an operation, the good one with its shape. */
function answers(operation) {
  return Object.entries(operation.responses).map(([status, answer]) => {
    const { description, content } = resolved(answer);
    const parts = Object.entries(content ?? {}).flatMap(described);
    return element("details", {}, element("summary", {}, element("code", {}, status), element("span", {}, description)),
      element("div", { className: "inside" }, ...parts));
  });
}

function field(parameter) {
  const { schema } = parameter;
  const input = schema.enum || schema.type === "boolean"
    ? element("select", {}, ...["", ...(schema.enum ?? ["true", "false"])].map((value) => element("option", { value }, value)))
    : element("input", { placeholder: String(schema.default ?? schema.format ?? schema.type ?? "") });
  input.name = parameter.name;
  input.required = parameter.required ?? false;
  return element("label", { className: "field" }, element("span", {}, parameter.name), input,
    parameter.description && element("small", {}, parameter.description));
}

/** The request that a form describes. */
function request(path, method, operation, parameters, form) {
  const query = new URLSearchParams();
  const headers = {};
  let url = path;
  for (const { name, in: place } of parameters) {
    const value = form.elements[name].value;
    // A dot alone would be another path, encoded or not.
    if (place === "path" && /^\.{1,2}$|[/\\]/.test(value)) throw new Error(`${name} holds what would be another path`);
    if (place === "path") url = url.replace(`{${name}}`, encodeURIComponent(value));
    else if (value !== "" && place === "header") headers[name] = value;
    else if (value !== "") query.set(name, value);
  }
  const token = document.getElementById("token").value.trim();
  if (token && operation["x-scope"] !== "none") headers.Authorization = `Bearer ${token}`;
  const body = form.elements.body?.value;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  return [query.size ? `${url}?${query}` : url, { method: method.toUpperCase(), headers, body, cache: "no-store" }];
}

// More than that is not laid out at once: a browser takes minutes over it.
const PART = 20_000;

/** Shows a text, of a long one the beginning, and part after part when it is asked for. */
function show(output, text) {
  output.textContent = text.slice(0, PART);
  if (text.length <= PART) return;
  const more = element("button", { type: "button" });
  const told = () => { more.textContent = `Show the next part (${text.length - shown} more characters)`; };
  let shown = PART;
  more.addEventListener("click", () => {
    output.textContent = text.slice(shown, shown + PART);
    shown += PART;
    told();
    if (shown < text.length) output.append("\n", more);
    more.focus();
  });
  told();
  output.append("\n", more);
}

/** An answer laid out; one that is no JSON as it is. */
function laidOut(text) {
  try { return JSON.stringify(parsed(text), null, 2); } catch { return text; }
}

/** Sends it, and says what came back. */
async function attempt(output, url, options) {
  output.hidden = false;
  output.textContent = `${options.method} ${url} …`;
  try {
    const begin = performance.now();
    const answer = await fetch(url, options);
    const text = await answer.text();
    const milliseconds = Math.round(performance.now() - begin);
    const said = answer.headers.get("content-type")?.includes("json") ? laidOut(text) : text;
    show(output, `${options.method} ${url}\n${answer.status} in ${milliseconds} ms\n\n${said}`);
  } catch (error) {
    output.textContent = `${options.method} ${url}\n${error}`;
  }
}

function route(path, method, operation) {
  const parameters = (operation.parameters ?? []).map(resolved);
  const body = operation.requestBody?.content["application/json"];
  const output = element("pre", { hidden: true });
  output.setAttribute("aria-live", "polite");
  const form = element("form", {}, ...parameters.map(field),
    body && element("textarea", { name: "body", value: JSON.stringify(body.example, null, 2), ariaLabel: "Body" }),
    element("button", {}, "Try it"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    try {
      attempt(output, ...request(path, method, operation, parameters, form));
    } catch (error) {
      output.hidden = false;
      output.textContent = String(error.message);
    }
  });
  return element("details", {},
    element("summary", {}, element("span", { className: "method" }, method.toUpperCase()), element("code", {}, path),
      element("span", {}, operation.summary), element("span", { className: "scope" }, operation["x-scope"])),
    element("div", { className: "inside" }, operation.description && element("p", {}, operation.description), form, output,
      body && element("h3", {}, "Shape of the request"), ...(body ? described(["application/json", body]) : []),
      element("h3", {}, "Answers"), ...answers(operation)));
}

document.getElementById("about").textContent = document_.info.description;
const routes = document.getElementById("routes");
for (const tag of document_.tags) {
  routes.append(element("h2", {}, tag.description));
  for (const [path, operations] of Object.entries(document_.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      if (operation.tags.includes(tag.name)) routes.append(route(path, method, operation));
    }
  }
}
