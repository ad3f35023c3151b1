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

-- Whether rows of a source belong here: not in a cell that does not hold its slot now. Rows of no known source belong to each cell.
-- No slot closes before the end of the transaction; the lock comes before the reading, as in record_2().
create or replace function belongs_here(p_source text) returns boolean language plpgsql volatile as $$
begin
    if coalesce(p_source, '') = '' or not exists (select from cell_identity) then
        return true;
    end if;
    lock table cell_slots in access share mode;
    return exists (select from cell_slots as s where s.slot = source_slot(p_source) and s.state <> 'closed');
end
$$;
comment on function belongs_here is 'Whether rows of a source belong into this database.';
