-- Which of a cell's hosts stores, and when it was seen that a cell is away.

alter table cells add column host int not null default 1, add column noticed_at timestamptz;
comment on column cells.host is 'Which of the hosts in its connection stored last: 1 for the first one.';
comment on column cells.noticed_at is 'When a later transaction than the one that noted it saw that the cell is away; null while none has.';
