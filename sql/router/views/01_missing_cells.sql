-- The cells that no list has rows of. The views over all cells are made by arrange_views().
create view missing_cells as
select c.name as cell, c.away_since,
    nullif(current_setting('hookledger.missing', true), '')::jsonb -> 'cells' -> c.name ->> 'reason' as reason
from cells as c
where exists (select from slots as s where s.cell = c.name) and not answers(c.name);
alter view missing_cells owner to hookledger_owner;
comment on view missing_cells is 'The cells whose rows no list has, because they do not answer.';
comment on column missing_cells.cell is 'The name of the cell: that of its database.';
comment on column missing_cells.away_since is 'Since when deliveries cannot be stored there, if that is known.';
comment on column missing_cells.reason is 'Why it is missing.';
