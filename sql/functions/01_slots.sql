-- Slots: the shop of a delivery decides which of several databases (cells) holds it.

-- The slot of a source: the low 10 bits of the first two bytes of SHA-256 over its name. `Slot` in Sources/Ledger computes the
-- same; SlotTests holds both against fixed vectors.
create or replace function source_slot(p_source text) returns int
language sql immutable parallel safe as $$
    select ((get_byte(h.hash, 0) << 8) | get_byte(h.hash, 1)) & 1023
    from sha256(convert_to(coalesce(p_source, ''), 'UTF8')) as h (hash)
$$;
comment on function source_slot is 'The slot of a source, 0 to 1023.';

-- The elements at these positions, in their order.
create or replace function chosen(p_at int[], p_values anyarray) returns anyarray
language sql immutable parallel safe as $$
    select array(select p_values[a.i] from unnest(p_at) with ordinality as a (i, place) order by a.place)
$$;
comment on function chosen is 'The elements of an array at these positions.';
