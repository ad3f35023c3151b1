-- Of the sessions that ask the cells every two seconds, one does it at a time. The rows of the cells stay free meanwhile: who learns
-- sooner that a cell is away notes it there.

create table watch_turn (
    one boolean primary key default true,
    constraint one_row check (one)
);
insert into watch_turn default values;
comment on table watch_turn is 'Its row is locked by the session that asks the cells in its turn. One row.';
comment on column watch_turn.one is 'Always true: there is one row.';
