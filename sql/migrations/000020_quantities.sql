-- Quantities can have a fraction: goods by weight or length.
alter table order_items alter column quantity type numeric;
comment on column order_items.quantity is 'How many, with a fraction where goods are sold by weight or length.';
