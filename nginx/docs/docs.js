// Shows /openapi.json, and lets a browser try it. Everything is put in as text; the token stays in this page.

const document_ = await (await fetch("/openapi.json")).json();

/** What a `$ref` of the document points to. */
const resolved = (value) =>
  value?.$ref ? resolved(value.$ref.slice(2).split("/").reduce((at, key) => at[key], document_)) : value;

/** An element with properties and children. */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** A body to begin with: what is required, and what has a default. */
function example(schema) {
  schema = resolved(schema);
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  if (schema.type !== "object") return schema.type === "string" ? "" : schema.type === "array" ? [] : 0;
  const members = Object.entries(schema.properties ?? {});
  return Object.fromEntries(
    members.filter(([name, member]) => schema.required?.includes(name) || resolved(member).default !== undefined)
      .map(([name, member]) => [name, example(member)]));
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
function request(path, method, parameters, form) {
  const query = new URLSearchParams();
  let url = path;
  for (const { name, in: place } of parameters) {
    const value = form.elements[name].value;
    if (place === "path") url = url.replace(`{${name}}`, encodeURIComponent(value));
    else if (value !== "") query.set(name, value);
  }
  const headers = {};
  const token = document.getElementById("token").value.trim();
  if (token) headers.Authorization = `Bearer ${token}`;
  const body = form.elements.body?.value;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  return [query.size ? `${url}?${query}` : url, { method: method.toUpperCase(), headers, body, cache: "no-store" }];
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
    let shown = text;
    if (answer.headers.get("content-type")?.includes("json")) shown = JSON.stringify(JSON.parse(text), null, 2);
    output.textContent = `${options.method} ${url}\n${answer.status} in ${milliseconds} ms\n\n${shown}`;
  } catch (error) {
    output.textContent = `${options.method} ${url}\n${error}`;
  }
}

function route(path, method, operation) {
  const parameters = (operation.parameters ?? []).map(resolved);
  const body = operation.requestBody?.content["application/json"].schema;
  const output = element("pre", { hidden: true });
  output.setAttribute("aria-live", "polite");
  const form = element("form", {}, ...parameters.map(field),
    body && element("textarea", { name: "body", value: JSON.stringify(example(body), null, 2), ariaLabel: "Body" }),
    element("button", {}, "Try it"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(output, ...request(path, method, parameters, form));
  });
  const schema = operation.responses["200"]?.content?.["application/json"]?.schema;
  return element("details", {},
    element("summary", {}, element("span", { className: "method" }, method.toUpperCase()), element("code", {}, path),
      element("span", {}, operation.summary), element("span", { className: "scope" }, operation["x-scope"])),
    element("div", { className: "inside" }, operation.description && element("p", {}, operation.description), form, output,
      schema && element("details", {}, element("summary", {}, "Shape of the answer"),
        element("pre", {}, JSON.stringify(resolved(schema), null, 2)))));
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
