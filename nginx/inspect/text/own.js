// Looking things up by names that others chose.

/** The member of that name that an object has of its own; undefined for `constructor` and whatever else all objects have. */
export const own = (object, name) => (Object.hasOwn(object, name) ? object[name] : undefined);
